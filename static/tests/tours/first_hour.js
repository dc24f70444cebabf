import {registry} from "@web/core/registry";

/** The coordinator's first hour: receive, pair, write the contract, print it. */
registry.category("web_tour.tours").add("hub_first_hour", {
    steps: () => [
        {
            content: "Somebody walks in",
            trigger: ".o_hub_overview [data-step='reception']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Amina Kaddouri",
        },
        {
            trigger: ".modal .o_field_widget[name=phone] input",
            run: "edit 06 39 98 20 20",
        },
        {
            trigger: ".modal .o_field_widget[name=title] input",
            run: "edit Amina's bakery",
        },
        {trigger: ".modal button[name=action_receive]", run: "click"},

        {
            content: "Two people who have said yes already",
            trigger: ".o_form_view button[name=action_hub_pair]",
            run: "click",
        },
        {trigger: ".modal .o_field_widget[name=first_id]:not(.o_field_empty)"},
        {trigger: ".modal button[name=action_start]", run: "click"},
        {
            trigger: ".o_form_view .nav-link[name=pair]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view:not(:has(.modal)) .o_field_widget[name=hub_pairing_ids] .o_data_row:eq(1)",
        },

        {
            content: "The contract, filled in",
            trigger: ".o_form_view button[name=action_hub_write_contract]",
            run: "click",
        },
        {
            content: "Two volunteers, the holder and the hub",
            trigger: ".o_field_widget[name=party_ids] .o_data_row:eq(3)",
        },
        {trigger: ".o_form_view button[name=action_print]", run: "click"},
        {
            content: "It was printed: the first page says so",
            trigger: ".o_menu_sections [data-menu-xmlid='solidarity_hub.menu_hub_overview']",
            run: "click",
            timeout: 60000,
        },
        {trigger: ".o_hub_overview"},
    ].map((step) => ({timeout: 60000, ...step})),
});
