/** An object whose keys are its values, as `registerEnumType` wants it, made of a list of the domain. */
export function toEnum<const Value extends string>(
  values: readonly Value[],
): { readonly [Key in Value]: Key } {
  return Object.fromEntries(values.map((value) => [value, value])) as {
    readonly [Key in Value]: Key
  }
}
