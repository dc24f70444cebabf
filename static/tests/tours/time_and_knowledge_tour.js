import {registry} from "@web/core/registry";

/** An accountant values a year of volunteering and posts its entry. */
registry.category("web_tour.tours").add("hub_volunteers_value", {
    steps: () => [
        {
            trigger: ".o_list_view .o_list_button_add",
            run: "click",
        },
        {
            content: "Last year is proposed; its hours show once it is saved",
            trigger: ".o_form_view .o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=tables] td:contains(Bernard Lachaume)",
        },
        {
            content: "The accounts do not exist yet",
            trigger: ".o_statusbar_buttons button[name=action_propose_accounts]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_post]",
            run: "click",
        },
        {
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        {
            trigger:
                ".o_form_view:not(:has(.modal)) .o_field_widget[name=entry_ids] td[name=state]:contains(Posted)",
        },
    ],
});

/** A coordinator brings two people together, and says that they met. */
registry.category("web_tour.tours").add("hub_knowledge", {
    steps: () => [
        {
            trigger:
                ".o_data_row:contains(Amina Kaddouri) button[name=action_bring_together]",
            run: "click",
        },
        {
            content: "Both are there with their numbers: a call each, and a day is agreed",
            trigger: ".o_form_view .o_field_widget[name=participant_ids]:contains(06 11)",
        },
        {
            trigger: ".o_field_widget[name=place] input",
            run: "edit Library",
        },
        {
            trigger: ".o_field_widget[name=date_start] button, .o_field_widget[name=date_start] input",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=date_start] input",
            run: "edit 01/15/2020 10:00:00",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Done)",
        },
    ],
});

/** A project holder adds what she offers, on her telephone. */
registry.category("web_tour.tours").add("hub_portal_knowledge", {
    steps: () => [
        {
            trigger: "#my_knowledge details summary",
            run: "click",
        },
        {
            trigger: "#my_knowledge label[for=knowledge_offer]",
            run: "click",
        },
        {
            trigger: "#my_knowledge input[name=name]",
            run: "edit Sourdough bread",
        },
        {
            trigger: "#my_knowledge details button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#my_knowledge li:contains(Sourdough bread)",
        },
    ],
});
