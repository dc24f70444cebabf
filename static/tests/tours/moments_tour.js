import {registry} from "@web/core/registry";

/** A coordinator's workshop: from the series to the filled sheet. */
registry.category("web_tour.tours").add("hub_workshop", {
    steps: () => [
        {
            content: "Three workshops in one go",
            trigger: ".o_list_view .o_control_panel button:contains(New series)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Setting prices",
        },
        {
            trigger: ".modal .o_field_widget[name=count] input",
            run: "edit 3",
        },
        {
            content: "From today on",
            trigger: ".modal .o_field_widget[name=date_start] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date_start] input",
            run: `edit ${luxon.DateTime.utc().toFormat("MM/dd/yyyy")}`,
        },
        {
            content: "The dates follow",
            trigger: ".modal .o_field_widget[name=hour] input",
            run: "edit 00:00",
        },
        {
            trigger:
                ".modal .o_field_widget[name=date_ids]:has(.o_data_row:eq(2)):not(:has(.o_data_row:eq(3)))",
        },
        {trigger: ".modal button[name=action_create]", run: "click"},

        {
            content: "The first one is today",
            trigger:
                ".o_list_view:not(:has(.modal)) .o_data_row:eq(0) td[name=name]:contains(Setting prices)",
            run: "click",
        },
        {
            content: "All volunteers are expected",
            trigger: ".o_form_view .o_statusbar_buttons button:contains(People expected)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=role_kind] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Volunteer)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=partner_ids] .o_tag:contains(Bernard)",
        },
        {trigger: ".modal button[name=action_invite]", run: "click"},

        {
            content: "The workshop is over: who came?",
            trigger:
                ".o_form_view:not(:has(.modal)) button[name=action_hub_fill_sheet]:not(.o_invisible_modifier)",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=registration_ids] .o_data_row:contains(Bernard Lachaume) button[name=action_hub_present]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=registration_ids] .o_data_row:contains(Bernard Lachaume) button.btn-success",
        },
        {
            content: "Somebody nobody knew yet",
            trigger: ".o_field_widget[name=walk_in_ids] input",
            run: "edit Odile Perrin",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Create)",
            run: "click",
        },
        {trigger: ".o_field_widget[name=walk_in_ids] .o_tag:contains(Odile)"},
        {trigger: "button[name=action_add_walk_ins]", run: "click"},
        {
            trigger:
                ".o_field_widget[name=registration_ids] .o_data_row:contains(Odile Perrin) button.btn-success",
        },
        {
            content: "And one without a name",
            trigger: "button[name=action_one_more]",
            run: "click",
        },
        {
            trigger: "button[name=action_one_less]",
        },
        {
            content: "Rachid did not come",
            trigger: "button[name=action_done]",
            run: "click",
        },
        {trigger: ".modal button.btn-primary", run: "click"},
        {trigger: ".o_form_view:not(:has(.modal)) .alert-success"},
    ].map((step) => ({timeout: 60000, ...step})),
});

/** A holder's telephone: yes to a breakfast in one tap, taken back in one tap. */
registry.category("web_tour.tours").add("hub_moment_tap", {
    steps: () =>
        [
            {
                content: "The breakfast, after the next step",
                trigger: "#moments .card:contains(Breakfast) button[value=yes]",
                run: "click",
                expectUnloadPage: true,
            },
            {
                content: "It is noted, and can go into the calendar",
                trigger:
                    "#moments .card:contains(Breakfast):contains(You come) a[href$=calendar]",
            },
            {
                content: "After all it is not possible",
                trigger: "#moments .card:contains(Breakfast) button[value=no]",
                run: "click",
                expectUnloadPage: true,
            },
            {
                trigger:
                    "#moments .card:contains(Breakfast):contains(You cannot come) button[value=yes]",
            },
        ].map((step) => ({timeout: 60000, ...step})),
});
