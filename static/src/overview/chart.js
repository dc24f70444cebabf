import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {cookie} from "@web/core/browser/cookie";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";

/** A curve or bars, with the same figures as a table for whoever does not see them. */
export class HubChart extends Component {
    static template = "solidarity_hub.Chart";
    static props = {
        label: String,
        kind: String,
        labels: Array,
        series: Array,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify([this.props.labels, this.props.series])]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        this.chart = new Chart(this.canvas.el, this.config);
    }

    get isLine() {
        return this.props.kind === "line";
    }

    get config() {
        return {
            type: this.props.kind,
            data: {
                labels: this.props.labels,
                datasets: this.props.series.map((series, index) => this.dataset(series, index)),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                interaction: {mode: "index", intersect: false},
                plugins: {
                    legend: {
                        display: this.props.series.length > 1,
                        position: "bottom",
                        labels: this.isLine ? {usePointStyle: true, pointStyle: "line"} : {},
                    },
                },
                scales: {y: {beginAtZero: true, ticks: {precision: 0}}},
            },
        };
    }

    dataset(series, index) {
        const color = getColor(index, cookie.get("color_scheme"), "sm");
        return {
            label: series.label,
            data: series.values,
            borderColor: color,
            backgroundColor: color,
            maxBarThickness: 48,
            // A year before is there to compare with, not to read first.
            borderDash: this.isLine && index ? [5, 4] : [],
            pointRadius: this.isLine && !index ? 3 : 0,
            tension: 0.2,
        };
    }
}
