import { registry } from "@web/core/registry";

// A busy machine takes its time.
const patiently = (step) => ({ timeout: 60000, ...step });
const add = (name, steps) =>
    registry.category("web_tour.tours").add(name, {
        steps: () => steps.map(patiently),
    });
const confirm = { trigger: ".modal footer .btn-primary", run: "click" };

/** The coordinator: from counting to the published document. */
add("hub_annual_review", [
    { trigger: ".o_list_button_add", run: "click" },
    { trigger: ".o_field_widget[name=year] input", run: "edit 2020" },
    { content: "counted as soon as it is kept", trigger: ".o_form_button_save", run: "click" },
    {
        content: "the figures are there",
        trigger: ".o_field_widget[name=figure_ids] .o_data_row:contains(Persons received)",
    },
    { trigger: "button[name=action_invite]", run: "click" },
    { trigger: ".o_notification:contains(Nothing was sent)" },
    { trigger: ".o_notebook a[name=colleges]", run: "click" },
    {
        content: "every college is there",
        trigger: ".o_field_widget[name=college_line_ids] .o_data_row:eq(4)",
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
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_dirty))" },
    { trigger: "button[name=action_validate]", run: "click" },
    confirm,
    {
        content: "published: nothing is counted any more",
        trigger: ".o_arrow_button_current:contains(Published)",
    },
    { trigger: ".o_form_view:not(:has(button[name=action_compute]))" },
]);

/** Bernard, on his telephone: says how he sees the year, by the link that he got. */
add("hub_annual_review_answer", [
    { trigger: "fieldset:eq(0) input[value='2'] + label", run: "click" },
    { trigger: "form button[type=submit]", run: "click", expectUnloadPage: true },
    { trigger: ".alert-success" },
]);
