import { registry } from "@web/core/registry";

// A busy machine takes its time.
const patiently = (step) => ({ timeout: 60000, ...step });
export const add = (name, steps) =>
    registry.category("web_tour.tours").add(name, {
        steps: () => steps.map(patiently),
    });

/** One card of the page after the other: a step, a figure, a few words, yes or no. */
export const answers = (step, figure, words, isOpen = "yes") => [
    {
        content: "the step of the scale",
        trigger: `fieldset:eq(0) input[value='${step}'] + label`,
        run: "click",
    },
    {
        content: "the figure",
        trigger: "fieldset:eq(1) input[inputmode='decimal']",
        run: `edit ${figure}`,
    },
    {
        content: "a few words",
        trigger: "fieldset:eq(2) textarea",
        run: `edit ${words}`,
    },
    { trigger: `fieldset:eq(3) input[value='${isOpen}'] + label`, run: "click" },
    { trigger: "form button[type=submit]", run: "click", expectUnloadPage: true },
];

/** Amina, on her telephone, by the link that she got. */
add("hub_evaluation_holder", [
    ...answers("2", "1,5", "Bread and talk"),
    { trigger: ".alert-success" },
    { content: "nothing of the others yet", trigger: "#wrap:not(:has(fieldset))" },
]);

/** Bernard, on his own page. */
add("hub_evaluation_volunteer", [
    {
        trigger: "#evaluations a.btn-primary[href*='/my/hub/evaluation/']",
        run: "click",
        expectUnloadPage: true,
    },
    { content: "not a word of the holder", trigger: "#wrap:not(:contains(Bread and talk))" },
    ...answers("4", "2", "The shop smells of bread"),
    {
        content: "now all views are there",
        trigger: "fieldset:eq(2):contains(Bread and talk):contains(smells of bread)",
    },
]);

const agree = (row, tag, how) => [
    {
        trigger: `.o_field_widget[name=line_ids] .o_data_row:eq(${row}) td[name=agreed_value]`,
        run: "click",
    },
    {
        trigger: `.o_field_widget[name=line_ids] .o_data_row:eq(${row}).o_selected_row [name=agreed_value] ${tag}`,
        run: how,
    },
];

/** What they say together, typed into the third column, and noted for all of them. */
export const agreeTogether = (step, figure, words, isOpen) => [
    ...agree(0, "select", `select ${step}`),
    ...agree(1, "input", `edit ${figure}`),
    ...agree(2, "input", `edit ${words}`),
    ...agree(3, "select", `select ${isOpen}`),
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved, .o_form_view:not(.o_form_dirty)" },
    { trigger: ".o_statusbar_buttons button[name=action_agree]", run: "click" },
    { trigger: ".modal button[name=action_confirm]", run: "click" },
    { trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=agreed]" },
    { trigger: ".nav-link[name=progress]", run: "click" },
];

/** The adviser, at the table with them. */
add("hub_evaluation_adviser", [
    {
        content: "both views stand beside each other",
        trigger:
            ".o_data_row:eq(0):has(td[name=holder_value]:contains(2.)):has(td[name=volunteers_value]:contains(4.))",
    },
    ...agreeTogether(3, 2, "Bread evenings", "yes"),
    {
        content: "from the step before to the step of today",
        trigger: ".o_field_hub_progress figure:eq(0):has(canvas) tbody tr:eq(1)",
    },
]);
