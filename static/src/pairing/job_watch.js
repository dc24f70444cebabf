import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY_MS = 3000;

/** While a job works on the record, the page reads it again by itself. */
export class HubJobWatch extends Component {
    static template = "solidarity_hub.JobWatch";
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), EVERY_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        const record = this.props.record;
        if (this.reading || document.hidden || !record.resId || record.dirty) {
            return;
        }
        this.reading = true;
        try {
            await record.load();
        } catch {
            // The server is away for a moment: the next turn tries again.
        } finally {
            this.reading = false;
        }
    }
}

registry.category("view_widgets").add("hub_job_watch", {component: HubJobWatch});
