import { add, agreeTogether, answers } from "./evaluation_tour";
import { fits } from "./telephone";

/** The pact of the life tour is evaluated twice: step, figure, words, shop open. */
const ROUNDS = {
    first: {
        holder: [2, "0", "I sort alone", "no"],
        party: [3, "1", "The yard is known", "no"],
        together: [2, "1", "Neighbours bring things", "no"],
        // the start written in the pact, and today
        points: 2,
    },
    second: {
        holder: [3, "2", "I sell alone", "yes"],
        party: [4, "2", "Two people work there", "yes"],
        together: [4, "2", "A place to meet", "yes"],
        points: 3,
    },
};
const SAID = ".alert-success";

const ask = [
    { trigger: ".o_form_view button[name=action_open]", run: "click" },
    { trigger: ".o_arrow_button_current[data-value=under_way]" },
    { trigger: ".alert-info .o_field_widget[name=awaited]:contains(Amina)" },
];
const toEvaluations = {
    trigger: ".oe_stat_button[name=action_open_evaluations]",
    run: "click",
};

add("hub_pact_ask_first", [
    toEvaluations,
    {
        content: "planned by the terms, for the day on which it came into force",
        trigger: ".o_list_view .o_data_row:only-child td[name=pact_id]",
        run: "click",
    },
    ...ask,
]);

add("hub_pact_ask_second", [
    toEvaluations,
    {
        content: "the first is agreed: it no longer waits for anybody",
        trigger: ".o_list_view:not(:has(.o_data_row)) .o_list_button_add",
        run: "click",
    },
    {
        content: "under the text in force",
        trigger: ".o_form_view .o_field_widget[name=pact_id]:has(input, a)",
    },
    { trigger: ".o_form_button_save", run: "click" },
    {
        content: "a line for each term",
        trigger: ".o_field_widget[name=line_ids] .o_data_row:eq(3)",
    },
    ...ask,
]);

for (const [round, { holder, party, together, points }] of Object.entries(ROUNDS)) {
    add(`hub_pact_${round}_view_of_holder`, [
        { trigger: "fieldset:eq(3)" },
        fits,
        ...answers(...holder),
        { trigger: SAID },
        fits,
    ]);
    add(`hub_pact_${round}_view_of_party`, [
        {
            content: "nothing of what the holder said",
            trigger: `#wrap:has(fieldset):not(:contains(${holder[2]}))`,
        },
        ...answers(...party),
        {
            content: "now both views stand there",
            trigger: `fieldset:eq(2):contains(${holder[2]}):contains(${party[2]})`,
        },
        fits,
    ]);
    add(`hub_pact_${round}_together`, [
        {
            content: "both views beside each other",
            trigger: `.o_data_row:eq(0):has(td[name=holder_value]:contains(${holder[0]}.)):has(td[name=volunteers_value]:contains(${party[0]}.))`,
        },
        ...agreeTogether(...together),
        {
            content: "a curve of the whole way",
            trigger: `.o_field_hub_progress figure:eq(0):has(canvas) tbody tr:eq(${points - 1})`,
        },
    ]);
}
