import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// A busy machine takes its time.
const patiently = (step) => ({timeout: 60000, ...step});
const add = (name, steps) => tours.add(name, {steps: () => steps.map(patiently)});

const LIST = ".o_action_manager :is(.o_list_view, .o_kanban_view)";
const RECORD = ":is(.o_data_row, .o_kanban_record:not(.o_kanban_ghost))";
const menu = (name) => `.o_menu_sections [data-menu-xmlid='solidarity_hub.${name}']`;
const toOverview = [
    {trigger: menu("menu_hub_overview"), run: "click"},
    {trigger: ".o_hub_overview"},
];

/** Click a number: its list holds as many as the number said, and says of what. */
function numberAndList(card, label) {
    const said = {};
    return [
        {
            content: `${card}: the number`,
            trigger: `.o_hub_overview ${card}:enabled:not(:has(.text-muted.o_hub_value))`,
            run() {
                said.value = Number(this.anchor.querySelector(".o_hub_value").textContent);
                this.anchor.click();
            },
        },
        {
            content: `${card}: as many in its list`,
            trigger: `${LIST}:has(${RECORD})`,
            run() {
                const shown = document.querySelectorAll(`${LIST} ${RECORD}`).length;
                if (!said.value || shown !== said.value) {
                    throw new Error(`${card} says ${said.value}, its list holds ${shown}`);
                }
            },
        },
        {trigger: `.o_breadcrumb:contains(${label})`},
        ...toOverview,
    ];
}
const figure = (key, label) => numberAndList(`[data-figure=${key}]`, label);

/** The coordinator: what waits, the pillars, where the hub stands, its life. */
add("hub_overview_coordinator", [
    {
        content: "what is urgent comes first",
        trigger: ".o_hub_waiting .row > :first-child .o_hub_figure.border-warning",
    },
    ...figure("waiting", "Waiting since reception"),
    ...figure("without_pair", "Projects without their two people"),
    ...figure("unanswered", "Proposals without an answer"),
    ...figure("received", "Received this month"),
    ...numberAndList("[data-pillar=volunteer]", "Volunteers"),
    {
        content: "what is still to do of the first steps, and what is done",
        trigger: ".o_hub_steps:has([data-step=import] .fa-circle-o)",
    },
    {trigger: ".o_hub_steps [data-step=reception] .fa-check-circle"},
    {content: "a picture of the receptions", trigger: "[data-trend=receptions] canvas"},
    {trigger: ".o_hub_milestones:contains(The doors open)"},
    {content: "and the list behind it", trigger: "[data-trend=receptions] .btn-link", run: "click"},
    {trigger: `${LIST}:has(${RECORD})`},
    ...toOverview,
    {content: "somebody comes in", trigger: "[data-shortcut=reception]", run: "click"},
    {trigger: ".modal .o_field_widget[name=is_anonymous]"},
    {trigger: ".modal .btn-close", run: "click"},
    {trigger: "body:not(:has(.modal))"},
]);

/** A board member: pacts and sums, and no list of people or of their projects. */
add("hub_overview_board", [
    {trigger: ".o_hub_pillars [data-pillar=volunteer]:disabled"},
    {trigger: "[data-figure=under_way]:disabled .o_hub_value:contains(2)"},
    {trigger: "[data-trend=receptions]:not(:has(.btn-link)) canvas"},
    ...figure("pacts_in_force", "Pacts in force"),
    {trigger: ".o_hub_overview:not(:has(.o_hub_steps)):not(:has([data-figure=waiting]))"},
]);

/** A volunteer with an account: what was proposed, what is accompanied. */
add("hub_overview_volunteer", [
    {trigger: ".o_hub_overview:not(:has(.o_hub_pillars)):not(:has(.o_hub_trends))"},
    ...figure("my_proposals", "Proposals waiting for my answer"),
    ...figure("my_projects", "Projects I accompany"),
]);

/** The accountant: reports that are due, loans that wait for money. */
add("hub_overview_finance", [
    {trigger: ".o_hub_overview:not(:has(.o_hub_pillars)):not(:has([data-shortcut]))"},
    {trigger: ".o_hub_overview:not(:has([data-figure=waiting]))"},
    ...figure("reports_due", "Reports to funders due within a month"),
    ...figure("loans_submitted", "Loans before the committee"),
    ...figure("loans_to_pay_out", "Loans to pay out"),
]);

/** Who looks after the network: sums of all hubs, and each hub beside the other. */
const network = {};
add("hub_overview_network", [
    {trigger: ".o_hub_overview:not(:has(.o_hub_pillars)):not(:has(.o_hub_waiting))"},
    {
        trigger: ".o_hub_network [data-figure=network_person_received]:enabled",
        run() {
            network.said = this.anchor.querySelector(".o_hub_value").textContent.trim();
            this.anchor.click();
        },
    },
    {
        content: "the same number, on the line of the network's table",
        trigger: ".o_field_widget[name=table] tr:contains(Persons received)",
        run() {
            const cells = [...this.anchor.querySelectorAll("td")];
            const total = cells[cells.length - 1].textContent.trim();
            if (total !== network.said || cells.length !== 4) {
                throw new Error(`The page says ${network.said}, the table ${total}`);
            }
        },
    },
    {trigger: ".o_field_widget[name=table]:not(:contains(Third hub)):contains(Second hub)"},
]);

/** An empty hub: nobody is left before an empty page. */
add("hub_overview_empty_coordinator", [
    {trigger: ".o_hub_steps [data-step=volunteer] .fa-circle-o"},
    {trigger: ".o_hub_steps [data-step=reception] .oi-chevron-right"},
    {
        content: "what somebody else has to do says so",
        trigger: ".o_hub_steps [data-step=mail]:contains(Whoever administers Odoo)",
    },
    {trigger: ".o_hub_waiting:contains(Nothing waits for you just now)"},
    {trigger: ".o_hub_overview:not(:has(canvas))"},
]);
add("hub_overview_empty", [
    {trigger: ".o_hub_overview:contains(Nothing waits for you just now):not(:has(.o_hub_steps))"},
]);
add("hub_overview_nothing", [
    {trigger: ".o_hub_overview:contains(There is nothing to show here yet)"},
]);
