/** One output in several media types; a viewer takes the best it knows. */
export type MimeBundle = { [mediaType: string]: string | object };
