import { registerHooks } from 'node:module'

// Lets a test start our sources as a process of their own, without a build: Node strips the types itself, and only has
// to be told that `./x.js` is `./x.ts`.
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/')
        ? specifier.replace(/\.js$/, '.ts')
        : specifier,
      context,
    ),
})
