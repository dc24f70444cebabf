import {registry} from "@web/core/registry";
import {fits} from "./telephone";

const tours = registry.category("web_tour.tours");
// A busy machine takes its time.
const patiently = (step) => ({timeout: 60000, ...step});
const field = (name) => `.o_field_widget[name=${name}]`;
const row = (name) => `${field("party_ids")} .o_data_row:contains("${name}")`;
const state = (name) =>
    `body:not(:has(.modal)) .o_arrow_button_current[data-value='${name}']`;
const button = (name) => `.o_statusbar_buttons button[name='${name}']:enabled`;
const choose = (name, text) => [
    {trigger: `.modal ${field(name)} input`, run: `edit ${text}`},
    {
        trigger: `.o-autocomplete--dropdown-item:contains(${text}) a`,
        run: "click",
    },
];

/** A stroke with the finger, as the drawing area hears it. */
async function draw(canvas) {
    const {left, top, width, height} = canvas.getBoundingClientRect();
    const send = (kind, x, y) =>
        canvas.dispatchEvent(
            new PointerEvent(kind, {
                bubbles: true,
                buttons: kind === "pointerup" ? 0 : 1,
                clientX: left + width * x,
                clientY: top + height * y,
                isPrimary: true,
                pointerId: 1,
                pointerType: "touch",
                pressure: 0.5,
            })
        );
    send("pointerdown", 0.2, 0.3);
    for (let step = 1; step <= 10; step++) {
        send("pointermove", 0.2 + step * 0.05, step % 2 ? 0.7 : 0.3);
        // the area listens to so many moves a second
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
    send("pointerup", 0.7, 0.3);
}

const signHere = [
    {content: "The whole text is there", trigger: ".o_hub_pact_text ol li"},
    {
        content: "Draw",
        trigger: ".o_hub_sign_box canvas",
        async run() {
            await draw(this.anchor);
        },
    },
    {
        content: "Sign",
        trigger: ".o_portal_sign_submit:not([disabled])",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "It is noted, and the document can be had",
        trigger: ".o_hub_pact_page .alert-success",
    },
    {trigger: ".o_hub_pact_page a[href*='/document']"},
];

tours.add("hub_pact_send", {
    steps: () =>
        [
            {trigger: button("action_send"), run: "click"},
            {
                content: "Who gets a letter, and whom to call",
                trigger: `.modal ${field("mailed")}:contains(Amina)`,
            },
            {trigger: ".modal button[name=action_send]", run: "click"},
            {trigger: state("to_sign")},
        ].map(patiently),
});

/** By the personal link, on a telephone, nobody logged in. */
tours.add("hub_pact_sign_by_link", {
    steps: () => [signHere[0], fits, ...signHere.slice(1), fits].map(patiently),
});

tours.add("hub_pact_decline_by_link", {
    steps: () =>
        [
            {trigger: "summary:contains(/I do not sign|Je ne signe pas/)", run: "click"},
            {trigger: "details[open] button[type=submit]"},
            fits,
            {trigger: "textarea[name=reason]", run: "edit No budget this year"},
            {
                trigger: "details[open] button[type=submit]",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: ".o_hub_pact_page:not(:has(.o_hub_pact_text)) h1"},
            fits,
        ].map(patiently),
});

tours.add("hub_pact_replace_and_paper", {
    steps: () =>
        [
            {
                content: "The page says what is to be settled",
                trigger: `.alert-warning ${field("open_refusals")}:contains(Ville)`,
            },
            {
                trigger: `${row("Ville")} button[name=action_replace]`,
                run: "click",
            },
            ...choose("partner_id", "Département"),
            {
                trigger: `.modal ${field("representative")} input`,
                run: "edit Anne Petit",
            },
            {
                trigger: `.modal ${field("representative_role")} input`,
                run: "edit President",
            },
            {trigger: ".modal button[name=action_confirm]", run: "click"},
            {trigger: `body:not(:has(.modal)) ${row("Département")}`},
            {trigger: button("action_record_signatures"), run: "click"},
            {
                content: "Only the carpenter signed on paper",
                trigger: `.modal ${field("party_ids")} .o_tag:contains(Département) .o_delete`,
                run: "click",
            },
            {
                trigger: `.modal ${field("party_ids")}:not(:has(.o_tag:contains(Département))) .o_tag:contains(Menuiserie)`,
            },
            {trigger: ".modal button[name=action_confirm]", run: "click"},
            {trigger: state("to_sign")},
            {trigger: button("action_send"), run: "click"},
            {trigger: ".modal button[name=action_send]", run: "click"},
            {trigger: state("to_sign")},
        ].map(patiently),
});

/** A newcomer signs at the table, on the screen of the coordinator. */
tours.add("hub_pact_join", {
    steps: () =>
        [
            {trigger: state("in_force")},
            {trigger: button("action_take_in"), run: "click"},
            ...choose("partner_id", "Jean-Marc"),
            {trigger: `.modal ${field("category")} input`, run: "click"},
            {
                trigger:
                    ".o_select_menu_item:contains(/Resource person|Personne ressource/)",
                run: "click",
            },
            {
                trigger: `.modal ${field("joining_commitment")} textarea`,
                run: "edit Ten hours a month",
            },
            {trigger: ".modal button[name=action_confirm]", run: "click"},
            {
                trigger: `body:not(:has(.modal)) ${row("Jean-Marc")} button[name=action_sign_here]`,
                run: "click",
                expectUnloadPage: true,
            },
            ...signHere,
            {
                trigger: ".o_hub_pact_page a[href*='/odoo/pacts/']",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: `${row("Jean-Marc")}.text-success`},
        ].map(patiently),
});

tours.add("hub_pact_amend", {
    steps: () =>
        [
            {trigger: button("action_amend"), run: "click"},
            {trigger: state("concertation")},
            {trigger: ".nav-link[name=concertation]", run: "click"},
            {
                trigger: `${field("meeting_ids")} .o_field_x2many_list_row_add a`,
                run: "click",
            },
            {
                trigger: `${field("meeting_ids")} .o_selected_row [name=place] input`,
                run: "edit Town hall",
            },
            {trigger: ".nav-link[name=goals]", run: "click"},
            {
                trigger: `${field("goal_ids")} .o_field_x2many_list_row_add a`,
                run: "click",
            },
            {
                trigger: `${field("goal_ids")} .o_selected_row [name=name] textarea`,
                run: "edit Train two young people",
            },
            {trigger: ".o_form_button_save", run: "click"},
            {trigger: ".o_form_view:not(:has(.o_form_status_indicator_buttons:not(.invisible)))"},
            {
                content: "What changes is said",
                trigger: ".nav-link[name=versions]",
                run: "click",
            },
            {trigger: `${field("difference")} ins:contains(Train two young people)`},
            {trigger: button("action_draft"), run: "click"},
            {trigger: state("draft")},
            {trigger: button("action_to_sign"), run: "click"},
            {trigger: state("to_sign")},
            {trigger: button("action_record_signatures"), run: "click"},
            {trigger: `.modal ${field("party_ids")} .o_tag:eq(4)`},
            {trigger: ".modal button[name=action_confirm]", run: "click"},
            {trigger: state("in_force")},
        ].map(patiently),
});
