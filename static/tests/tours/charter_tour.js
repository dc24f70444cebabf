import {registry} from "@web/core/registry";

const slowly = (steps) => steps.map((step) => ({timeout: 60000, ...step}));
const row = (name) => `.o_list_view .o_data_row:contains(${name})`;
const select = (name) => ({
    content: `${name} signed on paper`,
    trigger: `${row(name)} .o_list_record_selector input`,
    run: "click",
});

/** The coordinator asks all volunteers at once. */
registry.category("web_tour.tours").add("hub_charter_ask", {
    steps: () =>
        slowly([
            {
                content: "Nobody was asked yet",
                trigger: `${row("Person 10")}:contains(Not asked yet)`,
            },
            {
                trigger: ".o_control_panel button[name=action_ask]",
                run: "click",
            },
            {
                content: "All volunteers, in one tick",
                trigger: ".modal .o_field_widget[name=volunteers] input",
                run: "click",
            },
            {
                trigger: ".modal .o_field_widget[name=partner_ids] .o_tag:eq(9)",
            },
            {trigger: ".modal button[name=action_ask]", run: "click"},
            {
                content: "What was done is said",
                trigger: ".o_notification:contains(E-mails on their way: 8)",
            },
            {
                content: "Those without an address are listed, with their number",
                trigger: `${row("Person 9")}:contains(06 00 00 00 09):contains(Asked, no answer)`,
            },
            {trigger: ".o_list_view:not(:has(.o_data_row:eq(2)))"},
        ]),
});

/** A volunteer on the telephone, with the personal link, without a password. */
registry.category("web_tour.tours").add("hub_charter_sign", {
    steps: () =>
        slowly([
            {trigger: "#charter_text:contains(What is said here stays here)"},
            {trigger: "input[name=name]", run: "edit Person One"},
            {
                trigger: "button[value=yes]",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: ".alert-success:contains(Thank you)"},
        ]),
});

/** Three papers came back; who is left? */
registry.category("web_tour.tours").add("hub_charter_paper", {
    steps: () =>
        slowly([
            {trigger: `${row("Person 1")}:contains(Signed)`},
            select("Person 2"),
            select("Person 3"),
            select("Person 4"),
            {
                trigger: ".o_control_panel button[name=action_paper]",
                run: "click",
            },
            {
                trigger: ".modal .o_field_widget[name=partner_ids] .o_tag:eq(2)",
            },
            {trigger: ".modal button[name=action_sign]", run: "click"},
            {
                content: "What was done is said",
                trigger: ".o_notification:contains(Signatures noted: 3)",
            },
            {
                content: "Who is left",
                trigger: ".o_searchview_dropdown_toggler",
                run: "click",
            },
            {
                trigger: ".o_filter_menu .o-dropdown-item:contains(Not signed)",
                run: "click",
            },
            {
                trigger: `.o_list_view:has(.o_data_row:contains(Person 10)):not(:has(.o_data_row:contains(Person 2)))`,
            },
        ]),
});
