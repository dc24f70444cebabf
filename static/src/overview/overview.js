import {Component, markup, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** First page of the app: what waits for me, and the first steps of a new hub. */
export class HubOverview extends Component {
    static template = "solidarity_hub.Overview";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({hub: "", active: true, figures: [], steps: []});
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

    get remaining() {
        return this.state.steps.filter((step) => !step.done).length;
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
