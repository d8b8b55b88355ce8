declare const brand: unique symbol

/** A `Value` that only the parser or maker of that brand hands out. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
