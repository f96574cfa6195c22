// Finds a Chromium to test with.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

export function stop(message) {
    console.error(`error: ${message}`);
    process.exit(1);
}

export function findChromium() {
    const given = process.env.CHROMIUM;
    if (given) {
        return existsSync(given) ? given : stop(`CHROMIUM=${given}: there is no such file`);
    }
    for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
        try {
            const finder = process.platform === "win32" ? "where" : "which";
            return execFileSync(finder, [name], { encoding: "utf8" }).split(/\r?\n/)[0];
        } catch { /* not under this name */ }
    }
    return stop("no Chromium found: install one (on Debian: apt-get install chromium) or name it in CHROMIUM");
}
