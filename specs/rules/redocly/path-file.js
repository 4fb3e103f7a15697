import { sep } from "node:path";

/**
 * Every path item lies in a file of its own under paths/, and the file's path is the end of the URL, so that whoever
 * knows the URL knows the file.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const pathFile = () => ({
  Paths: {
    PathItem(_item, { report, location, rawLocation, key }) {
      const url = String(key);
      const file = location.source.absoluteRef.split(sep).join("/");
      const stem = /\/paths\/(.+)\.yaml$/.exec(file)?.[1];
      // A file cannot be named after nothing.
      const name = url === "/" ? "index" : url.slice(1);
      if (stem && (name === stem || name.endsWith(`/${stem}`))) return;
      report({
        message: stem
          ? `${url} refers to paths/${stem}.yaml. Name the file after the URL, leaving out the API's common prefix.`
          : `${url} is not in a file of its own. Move it under paths/, to a file named after the URL, and refer to it.`,
        location: rawLocation.key(),
      });
    },
  },
});
