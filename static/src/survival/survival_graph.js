import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

/** No bar may mean that nobody survived, or that nobody knows: it is said in words. */
export class SurvivalGraphRenderer extends GraphRenderer {
    static template = "solidarity_hub.SurvivalGraphRenderer";
}

registry.category("views").add("hub_survival_graph", {
    ...graphView,
    Renderer: SurvivalGraphRenderer,
});
