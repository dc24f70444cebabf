import {registry} from "@web/core/registry";

// A busy machine takes its time.
const patiently = (step) => ({timeout: 60000, ...step});
const add = (name, steps) =>
    registry.category("web_tour.tours").add(name, {steps: () => steps.map(patiently)});

const confirm = {trigger: ".modal footer .btn-primary", run: "click"};
const tab = (name) => ({trigger: `.o_notebook a[name=${name}]`, run: "click"});
const saved = {trigger: ".o_form_saved"};
const line = (field) => ({
    trigger: `.o_field_widget[name=${field}] .o_field_x2many_list_row_add a`,
    run: "click",
});
/** Odoo shows a date as text until it is touched. */
const day = (where, name, text) => [
    {
        trigger: `${where} [name=${name}] button, ${where} [name=${name}] input`,
        run: "click",
    },
    {trigger: `${where} [name=${name}] input`, run: `edit ${text} && press Tab`},
];

/** What a convention asks for: a target, and the day of the report. */
add("hub_programme_asked", [
    tab("targets"),
    line("target_ids"),
    ...day(".o_selected_row", "date_from", "01/01/2025"),
    ...day(".o_selected_row", "date_to", "12/31/2025"),
    {trigger: ".o_selected_row [name=number] input", run: "edit 4"},
    {trigger: ".o_form_button_save", run: "click"},
    saved,
    {
        content: "two of the four are there",
        trigger: ".o_field_widget[name=target_ids] td[name=share]:contains(50)",
    },
    tab("reports"),
    line("report_ids"),
    {trigger: ".modal .o_field_widget[name=name] input", run: "edit Year 2025"},
    ...day(".modal", "date_from", "01/01/2025"),
    ...day(".modal", "date_to", "12/31/2025"),
    ...day(".modal", "due_on", "04/01/2026"),
    {trigger: ".modal .o_form_button_save", run: "click"},
    {trigger: ".o_form_view:not(:has(.modal)) .o_form_button_save", run: "click"},
    saved,
    {trigger: ".o_field_widget[name=report_ids] .o_data_row:contains(Year 2025)"},
]);

const total = ".o_field_widget[name=line_ids] .o_data_row:contains(EECO01)";
/** The report: computed, one figure corrected with its reason, sent. */
add("hub_programme_report", [
    {trigger: ".o_data_row:contains(Year 2025) td[name=name]", run: "click"},
    {trigger: ".o_statusbar_buttons button[name=action_compute]", run: "click"},
    {trigger: `${total} td[name=total]:contains(2)`},
    {trigger: `${total} td[name=is_corrected]`, run: "click"},
    {trigger: ".o_selected_row [name=is_corrected] input", run: "check"},
    {trigger: ".o_selected_row [name=corrected] input", run: "edit 3"},
    {trigger: ".o_selected_row [name=reason] input", run: "edit One came by post"},
    {trigger: ".o_form_button_save", run: "click"},
    saved,
    {trigger: "button[name=action_book]"},
    {trigger: "button[name=action_sent]", run: "click"},
    {trigger: ".o_arrow_button_current:contains(Sent)"},
]);

/** A coordinator keeps to one's own hub. */
add("hub_network_is_for_its_manager", [
    {trigger: ".modal:contains(Access Error)"},
    {trigger: ".modal footer .btn", run: "click"},
]);

/** The manager: who was forgotten by everybody is proposed, and decides. */
add("hub_privacy_names", [
    {trigger: ".o_data_row:contains(Otto Old) td[name=partner_id]", run: "click"},
    {trigger: ".o_form_view button[name=action_confirm]", run: "click"},
    {
        content: "what goes and what stays is said before",
        trigger: ".modal:contains(signed documents and accounts stay)",
    },
    confirm,
    {trigger: ".o_notification:contains(It takes some minutes)"},
    {
        content: "until then there is a way back",
        trigger: ".o_form_view:has(.alert:contains(bring it back)) button[name=action_review]",
    },
]);
add("hub_privacy_done", [
    {trigger: ".o_arrow_button_current:contains(Name taken away)"},
    {trigger: ".o_field_widget[name=partner_id]:contains(Anonymous person)"},
    {trigger: ".o_form_view:not(:has(button[name=action_review]))"},
]);

/** Somebody asks what is held: one file, from the contact. */
add("hub_privacy_file", [
    {trigger: ".o_cp_action_menus button", run: "click"},
    {trigger: ".o-dropdown--menu .o-dropdown-item:contains(Everything held about the person)"},
]);
