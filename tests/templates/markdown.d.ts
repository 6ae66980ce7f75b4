export function templatesInDocuments(): readonly { readonly title: string; readonly yaml: string }[];
