import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const OPEN = ".o_form_view:not(:has(.modal)) ";

/** So long ago that two instalments are due. */
function paidOutOn() {
    return DateTime.now().minus({months: 2, days: 1}).toFormat("MM/dd/yyyy");
}

/** Choose somebody in a field of people. */
function choose(field, name) {
    return [
        {trigger: `${field} input`, run: `edit ${name}`},
        {trigger: `.o-autocomplete--dropdown-item:contains(${name})`, run: "click"},
    ];
}

function goTo(after, address) {
    return {
        trigger: after,
        run: () => {
            window.location = address;
        },
        expectUnloadPage: true,
    };
}

/** Who was at the committee. */
function member(number, name) {
    return [
        {
            trigger: ".modal .o_field_widget[name=member_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose(
            `.modal .o_data_row:eq(${number}) .o_field_widget[name=partner_id]`,
            name
        ),
    ];
}

/** An instalment is paid from its own line, by Odoo's own payment. */
function payInstalment(number) {
    return [
        goTo(".o_form_view, .o_list_view", "/odoo/hub-loans"),
        {
            trigger:
                ".o_list_view .o_data_row:contains(Amina) td[name=partner_id], .o_kanban_record:contains(Amina)",
            run: "click",
        },
        {
            trigger: `${OPEN}.o_field_widget[name=instalment_ids] .o_data_row:eq(${number - 1}) button[name=action_register_payment]`,
            run: "click",
        },
        {
            content: "What is owed is proposed",
            trigger: ".modal .o_field_widget[name=amount] input:value(1,500.00)",
        },
        {trigger: ".modal button[name=action_create_payments]", run: "click"},
        {
            content: "One stays with the loan; the instalment is paid",
            trigger: `body:not(:has(.modal)) .o_field_widget[name=instalment_ids] .o_data_row:eq(${number - 1}):not(:has(button[name=action_register_payment]:visible))`,
        },
    ];
}

/** An accountant's loan: from the accounts, and a project, to the last payment. */
registry.category("web_tour.tours").add("hub_loan", {
    steps: () => [
        {
            content: "The accounts are shown, then made",
            trigger: ".modal .o_field_widget[name=line_ids] .o_data_row:contains(To be created)",
        },
        {trigger: ".modal button[name=action_confirm]", run: "click"},

        goTo(".o_app, .o_menu_toggle, .o_list_view", "/odoo/hub-projects"),
        {
            content: "The application, from the project",
            trigger: ".o_kanban_record:contains(Bakery of the bridge)",
            run: "click",
        },
        {trigger: OPEN + "button[name=action_hub_ask_loan]", run: "click"},
        {
            content: "The borrower is the contact of the project",
            trigger: ".o_form_view .o_field_widget[name=partner_id] input:value(Amina)",
        },
        {
            trigger: ".o_field_widget[name=amount] input",
            run: "edit 3000 && press Tab",
        },
        {
            content: "What would be paid is there at once",
            trigger: ".o_field_widget[name=preview_text]:contains(times)",
        },
        {trigger: ".o_field_widget[name=periods] input", run: "edit 2 && press Tab"},
        {
            trigger: ".o_field_widget[name=grace_periods] input",
            run: "edit 0 && press Tab",
        },
        {
            trigger: ".o_field_widget[name=preview_text]:contains(2 times)",
        },
        {trigger: OPEN + ".nav-link[name=application]", run: "click"},
        {
            content: "What was found, for the committee",
            trigger: ".o_field_widget[name=opinion] input[data-value=favourable]",
            run: "click",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: OPEN + "button[name=action_submit]", run: "click"},

        {
            content: "The committee",
            trigger: OPEN + "button[name=action_decide]",
            run: "click",
        },
        ...member(0, "Michel"),
        ...member(1, "Odile"),
        {trigger: ".modal button[name=action_record]", run: "click"},

        {
            content: "The agreement, signed on paper by all",
            trigger: OPEN + "button[name=action_open_agreement].btn-primary",
            run: "click",
        },
        {trigger: OPEN + "button:contains(Record signatures)", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=signature_ids] .o_tag:contains(Amina)",
        },
        {trigger: ".modal button[name=action_confirm]", run: "click"},
        {
            trigger: OPEN + ".o_arrow_button_current[data-value=signed]",
        },
        {trigger: OPEN + ".o_field_widget[name=loan_id] a", run: "click"},

        {
            content: "Paid out, through Odoo's own payment",
            trigger: OPEN + "button[name=action_pay_out]:not(.o_invisible_modifier)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date] input, .modal .o_field_widget[name=date] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date] input",
            run: `edit ${paidOutOn()} && press Tab`,
        },
        {
            content: "The schedule moves along",
            trigger: ".modal .o_field_widget[name=text]:contains(moves along)",
        },
        {trigger: ".modal button[name=action_disburse]", run: "click"},
        {trigger: ".modal button[name=action_create_payments]", run: "click"},
        {
            content: "The payment that left",
            trigger: ".o_form_view .o_field_widget[name=hub_loan_id]:contains(Amina)",
        },

        goTo(".o_form_view", "/odoo/hub-instalments"),
        {
            content: "What is due is entered, that of earlier months too",
            trigger: ".o_list_view .o_data_row:contains(Amina)",
        },
        {trigger: ".o_searchview_facet .o_facet_remove", run: "click"},
        {trigger: ".o_list_view .o_data_row:contains(Amina):eq(1)"},
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {trigger: ".o_control_panel button[name=action_enter]", run: "click"},
        {trigger: ".o_list_view .o_data_row:contains(Amina):contains(1,500.00)"},

        ...payInstalment(1),
        ...payInstalment(2),
        goTo(".o_form_view", "/odoo/hub-loans"),
        {
            trigger:
                ".o_list_view .o_data_row:contains(Amina) td[name=partner_id], .o_kanban_record:contains(Amina)",
            run: "click",
        },
        {
            content: "Paid back",
            trigger: OPEN + ".o_arrow_button_current[data-value=repaid]",
        },
        goTo(".o_form_view", "/odoo/hub-loan-control"),
        {
            content: "Schedules and accounts agree",
            trigger: ".o_list_view:not(:has(.text-danger)) .o_data_row:contains(Amina)",
        },
    ],
});
