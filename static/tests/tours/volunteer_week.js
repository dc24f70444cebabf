import {registry} from "@web/core/registry";
import {fits} from "./telephone";

const tours = registry.category("web_tour.tours");

/** A day so many days from today, as a date field of the browser holds it. */
function day(offset) {
    const moment = new Date();
    moment.setDate(moment.getDate() + offset);
    return moment.toISOString().slice(0, 10);
}

/** What choosing a day or an hour on the telephone does. */
function choose(value) {
    return ({anchor}) => {
        anchor.value = value;
        for (const name of ["input", "change"]) {
            anchor.dispatchEvent(new Event(name, {bubbles: true}));
        }
    };
}

/** On a busy machine a page takes its time. */
function patient(step) {
    return {timeout: 30000, ...step};
}

/** Bernard opens the link of a proposal: yes, gladly. */
tours.add("hub_week_proposal", {
    steps: () =>
        [
            {trigger: "#wrap h1:contains(Café of the square)"},
            fits,
            {
                trigger: "button[name=answer][value=yes]",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#wrap .alert:contains(You said yes)"},
        ].map(patient),
});

/** He plans the first appointment from the project he accompanies. */
tours.add("hub_week_plan", {
    steps: () =>
        [
            {
                trigger: "#my_projects a:contains(Plan an appointment)",
                run: "click",
                expectUnloadPage: true,
            },
            fits,
            {trigger: "input[name=date]", run: choose(day(5))},
            {trigger: "input[name=time]", run: choose("09:30")},
            {trigger: "label:contains(1 h 30)", run: "click"},
            {trigger: "input[name=place]", run: "edit Library"},
            {
                trigger: "button:contains(Save the appointment)",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#wrap:contains(No answer yet):contains(An e-mail was sent)"},
            {trigger: "summary:contains(Send the link)", run: "click"},
            fits,
        ].map(patient),
});

/** Amina opens the link on her own telephone, without a password. */
tours.add("hub_week_confirm", {
    steps: () =>
        [
            {trigger: "#wrap h1:contains(Our appointment)"},
            {trigger: "#wrap:contains(Library):contains(Bernard)"},
            {trigger: "summary:contains(another moment)", run: "click"},
            fits,
            {
                trigger: "button[name=answer][value=yes]",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#wrap .alert:contains(You said that you come)"},
        ].map(patient),
});

/** Bernard notes what took place, sees his time, and says that he goes away. */
tours.add("hub_week_interview", {
    steps: () =>
        [
            {trigger: "#my_interviews:contains(Confirmed)"},
            fits,
            {
                trigger: "#my_projects a:contains(We met)",
                run: "click",
                expectUnloadPage: true,
            },
            fits,
            {trigger: "input[name=date]", run: choose(day(-2))},
            {trigger: "input[name=time]", run: choose("14:30")},
            {trigger: "label:contains(1 h 30)", run: "click"},
            {trigger: "input[name=place]", run: "edit Library"},
            {trigger: "input[name=guests]", run: "edit Mme Durand"},
            {trigger: "textarea[name=body]", run: "edit Worried about the winter"},
            {trigger: "textarea[name=shared]", run: "edit Bring the estimate"},
            {trigger: "input[name=step_0]", run: "edit Ask the bank"},
            {trigger: "select[name=step_who_0]", run: "selectByLabel Amina"},
            {trigger: "input[name=step_due_0]", run: choose(day(20))},
            {
                trigger: "button:contains(Save)",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#wrap .alert:contains(1 h 30 counted, to be validated)"},
            {trigger: "#wrap:contains(Worried about the winter):contains(Ask the bank)"},
            fits,
            {
                trigger: "#wrap a:contains(Back)",
                run: "click",
                expectUnloadPage: true,
            },
            {
                trigger: "#wrap a:contains(Back)",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#my_time:contains(1 h 30)"},
            {trigger: "#absence_from", run: choose(day(30))},
            {trigger: "#absence_to", run: choose(day(60))},
            {
                trigger: "button:contains(Say that I am away)",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#my_absence:contains(You are away from)"},
        ].map(patient),
});

/** Amina reads on her own page what was shared with her, and nothing else. */
tours.add("hub_week_shared", {
    steps: () =>
        [
            {trigger: "#next_appointment:contains(You said that you come)"},
            fits,
            {trigger: "#next_action:contains(Ask the bank)"},
            {trigger: "#shared_words:contains(Bring the estimate)"},
            {trigger: "#wrap:not(:contains(Worried about the winter))"},
        ].map(patient),
});
