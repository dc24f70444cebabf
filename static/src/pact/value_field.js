import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/**
 * The value of an indicator, in the form that the indicator asks for: a step to choose,
 * yes or no, a figure, a few words.
 */
export class ValueField extends CharField {
    static template = "solidarity_hub.ValueField";
    static props = { ...CharField.props, labelField: { type: String, optional: true } };

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get choices() {
        return this.props.record.data.choices || [];
    }

    get isNumber() {
        return this.props.record.data.kind === "number";
    }

    /** What people read; where those of one side differ, who said what. */
    get shown() {
        const { labelField, record } = this.props;
        const label = labelField && record.data[labelField];
        if (label && !record.dirty) {
            return label;
        }
        const choice = this.choices.find(([value]) => value === this.value);
        if (choice) {
            return record.data.kind === "scale" ? `${choice[0]}. ${choice[1]}` : choice[1];
        }
        return this.value || label || "";
    }

    parse(value) {
        const text = super.parse(value);
        return this.isNumber ? text.replace(/\s/g, "").replace(",", ".") : text;
    }

    async onChoose(ev) {
        await this.props.record.update({ [this.props.name]: ev.target.value || false });
    }
}

registry.category("fields").add("hub_value", {
    ...charField,
    component: ValueField,
    supportedTypes: ["char"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...charField.extractProps(fieldInfo, dynamicInfo),
        labelField: fieldInfo.options.label,
    }),
    fieldDependencies: [
        { name: "kind", type: "selection" },
        { name: "choices", type: "json" },
    ],
});
