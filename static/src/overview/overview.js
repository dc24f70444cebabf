import {Component, markup, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {HubChart} from "./chart";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** First page of the app: what waits for me, and the first steps of a new hub. */
export class HubOverview extends Component {
    static template = "solidarity_hub.Overview";
    static components = {HubChart, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({
            hub: "",
            active: true,
            shortcuts: [],
            figures: [],
            pillars: [],
            trends: [],
            milestones: {},
            steps: [],
        });
        onWillStart(async () => {
            Object.assign(
                this.state,
                await this.orm.call("hub.overview", "get_overview", [])
            );
        });
    }

    get display() {
        return {controlPanel: {}};
    }

    get stepsToDo() {
        return this.state.steps.filter((step) => !step.done);
    }

    get stepsDone() {
        return this.state.steps.filter((step) => step.done);
    }

    /** What somebody has to do, most urgent first; what is done asks for nothing. */
    get waiting() {
        const waiting = this.state.figures.filter((figure) => figure.waits && figure.value);
        return waiting.sort((one, other) => other.urgent - one.urgent);
    }

    get standing() {
        return this.state.figures.filter((figure) => !figure.waits && !figure.network);
    }

    get network() {
        return this.state.figures.filter((figure) => figure.network);
    }

    get hasWork() {
        return this.state.figures.some((figure) => figure.waits);
    }

    get isEmpty() {
        const {figures, pillars, trends, steps} = this.state;
        return ![figures, pillars, trends, steps].some((part) => part.length);
    }

    /** A curve of noughts tells nothing. */
    get trends() {
        return this.state.trends.filter((trend) =>
            trend.series.some((series) => series.values.some((value) => value))
        );
    }

    /** How far a pillar is from what the hub aims at, in percent. */
    progress(pillar) {
        return Math.min(100, Math.round((100 * pillar.value) / pillar.target));
    }

    open(item) {
        if (!item.action) {
            return;
        }
        const action = {...item.action};
        if (action.help) {
            // What an empty list says; written by the views, not by people.
            action.help = markup(action.help);
        }
        this.action.doAction(action);
    }
}

registry.category("actions").add("solidarity_hub.overview", HubOverview);
