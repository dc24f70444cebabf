import {registry} from "@web/core/registry";

const PROJECTS = [
    "Toilettage canin à domicile",
    "Association de tri des déchets",
    "Organisme de formation",
    "Restaurant associatif",
    "Couture et retouches",
    "Jardin partagé et paniers",
    "Atelier vélo",
    "Librairie ambulante",
    "Menuiserie de réemploi",
];
const menu = (name) => ({
    trigger: `.o_menu_sections [data-menu-xmlid='solidarity_hub.${name}']`,
    run: "click",
});
const item = (name) => ({
    trigger: `.o-dropdown--menu [data-menu-xmlid='solidarity_hub.${name}']`,
    run: "click",
});
const toProjects = () => [menu("menu_hub_projects"), item("menu_hub_projects_all")];

// A busy machine takes its time.
const patiently = (step) => ({timeout: 60000, ...step});

/** Odoo's import screen with one of the files that the test hands over. */
const importFile = (name) => [
    {
        trigger: ".o_control_panel .o_import_file",
        run() {
            const input = document.querySelector(".o_control_panel input[type=file]");
            const text = JSON.parse(sessionStorage.getItem("hub_fixtures"))[name];
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], name, {type: "text/csv"}));
            input.files = transfer.files;
            input.dispatchEvent(new Event("change", {bubbles: true}));
        },
    },
    {trigger: ".o_import_data_content"},
    {trigger: ".o_control_panel button:contains(/^Import/)", run: "click"},
    {trigger: "body:not(:has(.o_import_action))"},
];

const pairProject = (name) => [
    ...toProjects(),
    {trigger: `.o_kanban_record:contains("${name}")`, run: "click"},
    {trigger: ".o_form_view .nav-link[name=pair]", run: "click"},
    {trigger: ".o_form_view button[name=action_hub_pair]", run: "click"},
    {trigger: ".modal button[name=action_start]", run: "click"},
    {
        trigger:
            "body:not(:has(.modal)) .o_field_widget[name=hub_pairing_ids] .o_data_row:eq(1)",
    },
];

/** From two spreadsheets to pairs and a contract on paper. */
registry.category("web_tour.tours").add("hub_fixtures", {
    steps: () => [
        {trigger: ".o_hub_overview [data-step='import']", run: "click"},
        ...importFile("people.csv"),
        ...toProjects(),
        {trigger: ".o_kanban_view"},
        {trigger: ".o_cp_action_menus .dropdown-toggle", run: "click"},
        {trigger: ".o_import_menu", run: "click"},
        ...importFile("projects.csv"),

        ...PROJECTS.flatMap(pairProject),

        {content: "The contract of the last one", trigger: ".nav-link[name=pacts]", run: "click"},
        {trigger: "button[name=action_hub_write_contract]", run: "click"},
        {trigger: ".o_field_widget[name=party_ids] .o_data_row:eq(3)"},
        {trigger: "button[name=action_print]", run: "click"},
        menu("menu_hub_overview"),
        {trigger: ".o_hub_overview [data-step='contract']:has(.fa-check-circle)"},
    ].map(patiently),
});

/** A local pact with the town, from its template; the text and its terms printed. */
registry.category("web_tour.tours").add("hub_local_pact", {
    steps: () => [
        menu("menu_hub_pacts"),
        item("menu_hub_pact_list"),
        {trigger: ".o_control_panel .o-kanban-button-new", run: "click"},
        {
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Réemploi des déchets de chantier",
        },
        {trigger: ".o_field_widget[name=form] input", run: "click"},
        {
            trigger: ".o_select_menu_item:contains(/Local pact|Pacte local/)",
            run: "click",
        },
        {trigger: ".o_form_view:not(:has([name=joint_interview_on]))"},
        {trigger: ".o_field_widget[name=template_id] input", run: "click"},
        {
            trigger: ".o-autocomplete--dropdown-item:contains(/Local pact|Pacte local/) a",
            run: "click",
        },
        {
            content: "The template brings the terms of evaluation",
            trigger: "button[name=action_print_terms]",
        },
        {trigger: ".o_field_widget[name=party_ids] .o_field_x2many_list_row_add a", run: "click"},
        {
            trigger: ".o_field_widget[name=party_ids] .o_selected_row [name=partner_id] input",
            run: "edit Ville de Dijon",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Ville de Dijon-Exemple) a",
            run: "click",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved, .o_form_view:not(.o_form_dirty)"},
        {trigger: "button[name=action_print]", run: "click"},
        {trigger: "button[name=action_print_terms]:enabled", run: "click"},
        menu("menu_hub_overview"),
        {trigger: ".o_hub_overview"},
    ].map(patiently),
});
