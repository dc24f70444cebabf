import { registry } from "@web/core/registry";

// A busy machine takes its time.
const patiently = (step) => ({ timeout: 60000, ...step });
const add = (name, steps) =>
    registry.category("web_tour.tours").add(name, {
        steps: () => steps.map(patiently),
    });
const confirm = { trigger: ".modal footer .btn-primary", run: "click" };
const tab = (name) => ({ trigger: `.o_notebook a[name=${name}]`, run: "click" });
const save = [
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_dirty))" },
];
const figure = ".o_field_widget[name=figure_ids] .o_data_row:contains(Persons received)";
const college = (name) =>
    `.o_field_widget[name=college_line_ids] .o_data_row:contains(${name})`;

/** The coordinator: counts the year, corrects a figure, hears the colleges, asks. */
add("hub_annual_review", [
    { trigger: ".o_list_button_add", run: "click" },
    { trigger: ".o_field_widget[name=year] input", run: "edit 2020" },
    { content: "counted as soon as it is kept", trigger: ".o_form_button_save", run: "click" },
    { content: "two were received", trigger: `${figure}:first td[name=computed_label]:contains(2)` },

    {
        content: "one figure is wrong: the right one stands beside it, with the reason",
        trigger: `${figure}:first td[name=is_corrected]`,
        run: "click",
    },
    { trigger: ".o_selected_row [name=is_corrected] input", run: "check" },
    { trigger: ".o_selected_row [name=typed_value] input", run: "edit 3" },
    { trigger: ".o_selected_row [name=reason] input", run: "edit One was only on paper" },
    ...save,
    {
        content: "what was counted stays",
        trigger: `${figure}:first:has(td[name=computed_label]:contains(2)) td[name=value_label]:contains(3)`,
    },

    { trigger: "button[name=action_invite]", run: "click" },
    { trigger: ".o_notification:contains(Nothing was sent)" },
    tab("colleges"),
    { content: "every college is there", trigger: `${college("")}:eq(4)` },
    {
        content: "the invitation is counted",
        trigger: `${college("Volunteers")} td[name=invited_count]:contains(1)`,
    },
    { trigger: `${college("Volunteers")} td[name=college_id]`, run: "click" },
    { trigger: ".modal .o_field_widget[name=present_count] input", run: "edit 1" },
    {
        trigger: ".modal .o_field_widget[name=contribution] textarea",
        run: "edit We want two trainings a year.",
    },
    { trigger: ".modal .o_field_widget[name=signer_id] input", run: "edit Bernard" },
    { trigger: ".o-autocomplete--dropdown-item:contains(Bernard)", run: "click" },
    { trigger: ".modal button[name=action_sign]", run: "click" },
    { trigger: ".modal .o_field_widget[name=answer]:contains(Yes)" },
    { trigger: ".modal .o_form_button_save, .modal footer .btn-primary", run: "click" },
    { trigger: `${college("Volunteers")} td[name=present_count]:contains(1)` },

    { content: "the members are asked", trigger: "button[name=action_open]", run: "click" },
    { content: "one of them on paper", trigger: "button[name=action_sheet]", run: "click" },
    { trigger: ".modal .o_field_widget[name=college_id] input", run: "edit Volunteers" },
    { trigger: ".o-autocomplete--dropdown-item:contains(Volunteers)", run: "click" },
    { trigger: ".modal .o_data_row td[name=value]", run: "click" },
    { trigger: ".modal .o_selected_row td[name=value] select", run: "select 3" },
    { trigger: ".modal footer button[name=action_confirm]", run: "click" },
    { trigger: ".o_form_view:not(:has(.modal)) .o_field_widget[name=answer_count]:contains(1)" },
]);

/** Bernard, on his telephone: says how he sees the year, by the link that he got. */
add("hub_annual_review_answer", [
    { trigger: "fieldset:eq(0) input[value='2'] + label", run: "click" },
    { trigger: "form button[type=submit]", run: "click", expectUnloadPage: true },
    { trigger: ".alert-success" },
]);

/** The coordinator again: closes the answers, notes what follows, publishes. */
add("hub_annual_review_publish", [
    { trigger: ".o_field_widget[name=answer_count]:contains(2)" },
    { trigger: "button[name=action_close]", run: "click" },
    confirm,
    tab("answers"),
    {
        content: "what two members answered, and no name",
        trigger: ".o_field_widget[name=answers_html] tr:contains(All together):contains(2)",
    },
    tab("points"),
    {
        trigger: ".o_field_widget[name=point_ids] .o_field_x2many_list_row_add a",
        run: "click",
    },
    { trigger: ".o_selected_row [name=kind] input", run: "click" },
    { trigger: ".o_select_menu_item:contains(Proposal)", run: "click" },
    {
        trigger: ".o_selected_row [name=text] textarea, .o_selected_row [name=text] input",
        run: "edit A morning a month in another town",
    },
    { trigger: ".o_field_widget[name=place] input", run: "edit Town hall" },
    {
        trigger: ".o_field_widget[name=validated_on] button, .o_field_widget[name=validated_on] input",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=validated_on] input",
        run: "edit 02/15/2021 && press Enter",
    },
    ...save,
    { trigger: "button[name=action_validate]", run: "click" },
    confirm,
    {
        content: "published: nothing is counted any more",
        trigger: ".o_arrow_button_current:contains(Published)",
    },
    { trigger: ".o_form_view:not(:has(button[name=action_compute]))" },
    tab("kept"),
    {
        content: "the document is kept with its fingerprint",
        trigger: ".o_field_widget[name=frozen_pdf_id]:contains(.pdf)",
    },
    { trigger: ".o_field_widget[name=frozen_hash]:not(:empty)" },
]);

/** Bernard reads what was published, on his own page. */
add("hub_annual_review_read", [
    { trigger: "a[href*='/my/hub/published-review/']:contains(2020)" },
]);
