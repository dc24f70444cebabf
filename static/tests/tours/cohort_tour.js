import {registry} from "@web/core/registry";

const card = (project) =>
    `.o_hub_cohort_lines .o_kanban_record:contains(${project})`;
const patient = (step) => ({timeout: 60000, ...step});
const tours = registry.category("web_tour.tours");

/** A whole cohort: look for pairs, fix one, exclude one person, search again, propose. */
tours.add("hub_cohort", {
    steps: () =>
        [
            {
                content: "Several projects wait: one menu, nothing to fill in",
                trigger:
                    ".o_menu_sections [data-menu-xmlid='solidarity_hub.menu_hub_pairing']",
                run: "click",
            },
            {
                trigger:
                    ".o-dropdown--menu [data-menu-xmlid='solidarity_hub.menu_hub_pairing_cohort_new']",
                run: "click",
            },
            {
                trigger: ".o_field_widget[name=lead_ids] .o_data_row:eq(2)",
            },
            {
                trigger: ".o_form_view button[name=action_solve]",
                run: "click",
            },
            {
                content: "The pairs, in words",
                trigger: `${card("Bakery")}:contains(covers)`,
            },
            {
                content: "What else there is, and what it would cost",
                trigger: `${card("Bakery")} button[name=action_show_alternatives]`,
                run: "click",
            },
            {
                trigger:
                    ".modal .o_field_widget[name=alternative_ids] .o_kanban_record button[name=action_take]",
            },
            {trigger: ".modal footer button:contains(Close)", run: "click"},
            {
                content: "These two stay",
                trigger: `body:not(:has(.modal)) ${card("Bakery")} button[name=action_toggle_lock]`,
                run: "click",
            },
            {trigger: `${card("Bakery")} .badge:contains(Fixed)`},
            {
                content: "Not this person for that project",
                trigger: `${card("Repair café")} button[name=action_exclude_first]`,
                run: "click",
            },
            {
                trigger: `${card("Repair café")}:contains(Not for this project)`,
            },
            {
                content: "The place is free: search again",
                trigger: ".o_form_view button[name=action_solve].btn-primary",
                run: "click",
            },
            {
                trigger: `${card("Repair café")} button[name=action_exclude_second]`,
            },
            {
                content: "Ask everybody",
                trigger: ".o_form_view button[name=action_propose].btn-primary",
                run: "click",
            },
            {trigger: ".modal footer .btn-primary", run: "click"},
            {
                trigger:
                    ".o_statusbar_status .o_arrow_button_current[data-value=proposed]",
            },
        ].map(patient),
});

/** On the telephone of a volunteer, by the personal link: no, thank you. */
tours.add("hub_cohort_decline", {
    steps: () =>
        [
            {trigger: "summary:contains(No, not this time)", run: "click"},
            {trigger: "textarea[name=reason]", run: "edit I move house this autumn"},
            {
                trigger: "button[name=answer][value=no]",
                run: "click",
                expectUnloadPage: true,
            },
            {trigger: "#wrap h1:contains(Your no is noted)"},
        ].map(patient),
});

/** The free place is filled, and an agreement given on the telephone is noted. */
tours.add("hub_cohort_fill", {
    steps: () =>
        [
            {
                content: "The project says who comes next, one stays: one click asks",
                trigger: ".o_form_view button[name=action_hub_ask_next]",
                run: "click",
            },
            {
                trigger: ".o_form_view:not(:has(button[name=action_hub_ask_next]))",
            },
            {
                trigger: ".o_form_view:not(:has(.modal)) .nav-link[name=pair]",
                run: "click",
            },
            {
                trigger:
                    ".o_field_widget[name=hub_pairing_ids] button[name=action_open_answer_wizard]:eq(0)",
                run: "click",
            },
            {
                trigger: ".modal .o_field_widget[name=answer] input[data-value=yes]",
                run: "click",
            },
            {trigger: ".modal button[name=action_confirm]", run: "click"},
            {
                trigger:
                    ".o_form_view:not(:has(.modal)) .o_field_widget[name=hub_pairing_ids]",
            },
        ].map(patient),
});
