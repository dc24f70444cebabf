import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const step = (key) => `.o_hub_steps [data-step='${key}']`;
const toOverview = [
    {
        trigger: ".o_menu_sections [data-menu-xmlid='solidarity_hub.menu_hub_overview']",
        run: "click",
    },
];

/** What a coordinator does in an empty database, led by the first page. */
registry.category("web_tour.tours").add("hub_first_steps", {
    steps: () => [
        {trigger: `${step("volunteer")}:has(.fa-circle-o)`},
        {trigger: `${step("reception")}:has(.fa-circle-o)`},
        {trigger: `${step("contract")}:has(.fa-circle-o)`},
        {content: "The first volunteer", trigger: step("volunteer"), run: "click"},
        {
            content: "The empty list says what to do, in words and not in HTML",
            trigger: ".o_view_nocontent .o_view_nocontent_smiling_face",
        },
        {trigger: ".o_kanban_view .o-kanban-button-new", run: "click"},
        {
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            run: "edit Bernard Lachaume",
        },
        {trigger: ".o_field_widget[name=phone] input", run: "edit 06 39 98 10 10"},
        ...stepUtils.saveForm(),
        ...toOverview,
        {trigger: `${step("volunteer")}:has(.fa-check-circle)`},
        {
            content: "The list kept so far: Odoo's import screen, with its template",
            trigger: step("import"),
            run: "click",
        },
        {trigger: ".o_import_action a[href*='/solidarity_hub/static/xls/']"},
        ...toOverview,
        {content: "The first person", trigger: step("reception"), run: "click"},
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Amina Kaddouri",
        },
        {trigger: ".modal button[name=action_receive]", run: "click"},
        {trigger: ".o_form_view .o_field_widget[name=hub_holder_ids], .o_form_view"},
        ...toOverview,
        {trigger: `${step("reception")}:has(.fa-check-circle)`},
        {trigger: `${step("pair")}:has(.fa-circle-o)`},
    ].map((step) => ({timeout: 60000, ...step})),
});
