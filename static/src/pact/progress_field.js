import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LINE = "#1d6b5f";
const TARGET = "#b85c00";

/** How each indicator moved: a curve, and under it the figures as a table. */
export class ProgressField extends Component {
    static template = "solidarity_hub.ProgressField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.drawn = [];
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.series)]
        );
        onWillUnmount(() => this.erase());
    }

    /** Nothing is drawn of a single look: there is no way yet. */
    get series() {
        const all = this.props.record.data[this.props.name] || [];
        return all.filter((series) => series.points.length > 1);
    }

    summary(series) {
        return series.points.map((point) => `${point.date}: ${point.label}`).join(", ");
    }

    erase() {
        for (const chart of this.drawn) {
            chart.destroy();
        }
        this.drawn = [];
    }

    draw() {
        this.erase();
        const canvases = this.root.el ? this.root.el.querySelectorAll("canvas") : [];
        this.series.forEach((series, index) => {
            this.drawn.push(new Chart(canvases[index], this.config(series)));
        });
    }

    config(series) {
        const labels = Object.fromEntries(series.ticks.map(([v, label]) => [v, label]));
        const datasets = [
            {
                data: series.points.map((point) => point.value),
                borderColor: LINE,
                backgroundColor: LINE,
                pointRadius: 5,
                clip: 8,
                tension: 0,
            },
        ];
        if (series.target !== null) {
            datasets.push({
                data: series.points.map(() => series.target),
                borderColor: TARGET,
                borderDash: [6, 4],
                pointRadius: 0,
            });
        }
        return {
            type: "line",
            data: { labels: series.points.map((point) => point.date), datasets },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        callbacks: {
                            label: (item) =>
                                item.datasetIndex
                                    ? series.target_label
                                    : series.points[item.dataIndex].label,
                        },
                    },
                },
                scales: {
                    y: {
                        min: series.low,
                        max: series.high,
                        afterBuildTicks: (axis) => {
                            axis.ticks = series.ticks.map(([value]) => ({ value }));
                        },
                        ticks: { callback: (value) => labels[value] ?? "" },
                    },
                },
            },
        };
    }
}

registry.category("fields").add("hub_progress", {
    component: ProgressField,
    supportedTypes: ["json"],
});
