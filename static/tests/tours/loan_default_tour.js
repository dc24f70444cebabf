import {registry} from "@web/core/registry";

const OPEN = ".o_form_view:not(:has(.modal)) ";

/** The loan of Amina from the list of loans. */
function openLoan(after) {
    return [
        {
            trigger: after,
            run: () => {
                window.location = "/odoo/hub-loans";
            },
            expectUnloadPage: true,
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Amina) td[name=partner_id], .o_kanban_record:contains(Amina)",
            run: "click",
        },
    ];
}

function openTab(name) {
    return {trigger: `${OPEN}.nav-link[name=${name}]`, run: "click"};
}

/** A change is confirmed with its reason. */
function confirmChange(reason) {
    return [
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: `edit ${reason} && press Tab`,
        },
        {trigger: ".modal button[name=action_apply]", run: "click"},
    ];
}

/** Odoo's own payment, then the payment itself. */
const PAY = [
    {trigger: ".modal button[name=action_create_payments]", run: "click"},
];
const PAID = ".o_form_view .o_field_widget[name=hub_loan_id]:contains(Amina)";

/** An accountant's loan that goes wrong: guarantee, loss, money after all. */
registry.category("web_tour.tours").add("hub_loan_default", {
    steps: () => [
        {
            content: "Who is late is found at once, or by the job of the night",
            trigger: ".o_control_panel button[name=action_prepare]",
            run: "click",
        },
        {
            content: "After two months it is a call",
            trigger: ".o_list_view .o_data_row:contains(Amina) td[name=partner_id]",
            run: "click",
        },
        {trigger: OPEN + "button[name=action_send]", run: "click"},
        {trigger: OPEN + ".o_field_widget[name=sent_on]"},

        ...openLoan(".o_list_view, .o_kanban_view, .o_form_view"),
        {
            content: "Three instalments are late",
            trigger: OPEN + ".o_field_widget[name=overdue_amount]:contains(300)",
        },
        openTab("events"),
        {
            content: "Nobody knows whether it will be paid back",
            trigger: OPEN + "button[name=action_doubtful]",
            run: "click",
        },
        ...confirmChange("No answer since the summer"),
        {trigger: OPEN + "button[name=action_doubtful]:contains(No longer)"},

        openTab("guarantees"),
        {trigger: OPEN + "button[name=action_call_guarantee]", run: "click"},
        {
            content: "What the guarantor owes is proposed: a half of the principal",
            trigger: ".modal .o_field_widget[name=text]:contains(1,800)",
        },
        ...confirmChange("The fund accepted by letter"),
        openTab("events"),
        {
            trigger:
                OPEN +
                ".o_field_widget[name=claim_ids] .o_data_row:contains(Guarantee fund) button[name=action_register_payment]",
            run: "click",
        },
        ...PAY,

        ...openLoan(PAID),
        openTab("events"),
        {
            content: "The guarantor has paid",
            trigger:
                OPEN +
                ".o_field_widget[name=claim_ids] .o_data_row:contains(Guarantee fund):not(:has(button[name=action_register_payment]:visible))",
        },
        {trigger: OPEN + "button[name=action_write_off]", run: "click"},
        ...confirmChange("The workshop is closed"),
        {
            trigger: OPEN + ".o_statusbar_status .o_arrow_button_current:contains(Lost), .o_form_view .o_arrow_button_current[data-value=written_off]",
        },

        {
            content: "Something is paid after all",
            trigger: OPEN + "button[name=action_recover]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=amount] input",
            run: "edit 100 && press Tab",
        },
        ...confirmChange("Tools were sold"),
        ...PAY,
        {
            trigger: PAID,
            run: () => {
                window.location = "/odoo/hub-loan-control";
            },
            expectUnloadPage: true,
        },
        {
            content: "Schedules and accounts agree",
            trigger: ".o_list_view:not(:has(.text-danger)) .o_data_row:contains(Amina)",
        },
    ],
});
