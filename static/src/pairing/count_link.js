import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

/** A number that opens the people or projects behind it; a zero opens nothing. */
export class CountLinkField extends Component {
    static template = "solidarity_hub.CountLinkField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    async onClick() {
        const { resModel, resId, context } = this.props.record;
        const action = await this.orm.call(
            resModel,
            "action_open_behind",
            [[resId], this.props.name],
            { context }
        );
        await this.action.doAction(action);
    }
}

registry.category("fields").add("hub_count_link", {
    component: CountLinkField,
    supportedTypes: ["integer"],
});
