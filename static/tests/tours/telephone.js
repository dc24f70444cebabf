/** Nothing is cut off at the side, and whatever is tapped is large enough. */
export const fits = {
    content: "The page fits the telephone",
    trigger: "#wrap",
    run: () => {
        const page = document.documentElement;
        if (window.innerWidth > 390 || page.scrollWidth > window.innerWidth) {
            throw new Error(`${page.scrollWidth} px wide on ${window.innerWidth}`);
        }
        for (const button of document.querySelectorAll("#wrap .btn, #wrap .form-check")) {
            const {height} = button.getBoundingClientRect();
            if (height && height < 40) {
                throw new Error(`${button.textContent} is ${height} px high`);
            }
        }
    },
};
