import {registry} from "@web/core/registry";

const OPEN = ".o_form_view:not(:has(.modal)) ";

/** An accountant's loan: from the accounts to the first payment. */
registry.category("web_tour.tours").add("hub_loan", {
    steps: () => [
        {
            content: "The accounts are shown, then made",
            trigger: ".modal .o_field_widget[name=line_ids] .o_data_row:contains(To be created)",
        },
        {trigger: ".modal button[name=action_confirm]", run: "click"},

        {
            content: "The application",
            trigger: ".o_app, .o_menu_toggle, .o_list_view",
            run: () => {
                window.location = "/odoo/hub-loans/new";
            },
            expectUnloadPage: true,
        },
        {
            trigger: ".o_form_view .o_field_widget[name=partner_id] input",
            run: "edit Amina",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Amina)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=amount] input",
            run: "edit 3000 && press Tab",
        },
        {
            content: "What would be paid is there at once",
            trigger: ".o_field_widget[name=preview_text]:contains(30 times)",
        },
        {
            trigger: ".o_field_widget[name=periods] input",
            run: "edit 26 && press Tab",
        },
        {
            trigger: ".o_field_widget[name=preview_text]:contains(20 times)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {trigger: OPEN + "button[name=action_submit]", run: "click"},

        {
            content: "The committee",
            trigger: OPEN + "button[name=action_decide]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=member_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:eq(0) .o_field_widget[name=partner_id] input",
            run: "edit Michel",
        },
        {trigger: ".o-autocomplete--dropdown-item:contains(Michel)", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=member_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:eq(1) .o_field_widget[name=partner_id] input",
            run: "edit Odile",
        },
        {trigger: ".o-autocomplete--dropdown-item:contains(Odile)", run: "click"},
        {trigger: ".modal button[name=action_record]", run: "click"},
        {trigger: OPEN + "button[name=action_sign]", run: "click"},

        {
            content: "Paid out, through Odoo's own payment",
            trigger: OPEN + "button[name=action_pay_out]:not(.o_invisible_modifier)",
            run: "click",
        },
        {trigger: ".modal button[name=action_disburse]", run: "click"},
        {
            trigger: ".modal button[name=action_create_payments]",
            run: "click",
        },
        {
            content: "The payment that left",
            trigger: ".o_form_view .o_field_widget[name=hub_loan_id]:contains(Amina)",
            run: () => {
                window.location = "/odoo/hub-instalments";
            },
            expectUnloadPage: true,
        },

        {
            content: "The instalments of the month, those of another borrower",
            trigger: ".o_list_view .o_data_row:contains(Denis)",
        },
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {trigger: ".o_control_panel button[name=action_register_payment]", run: "click"},
        {trigger: ".modal button[name=action_create_payments]", run: "click"},
        {
            trigger: ".o_control_panel:contains(Payments)",
            run: () => {
                window.location = "/odoo/hub-loan-control";
            },
            expectUnloadPage: true,
        },
        {
            content: "Schedules and accounts agree",
            trigger: ".o_list_view .o_data_row:contains(Amina)",
        },
        {trigger: ".o_list_view:not(:has(.text-danger)) .o_data_row:contains(Denis)"},
    ],
});
