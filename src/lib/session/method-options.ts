import { z } from 'zod';
import type { Method } from '#lib/pipeline/segment/methods/method.ts';

/** A method as far as its form goes. */
type Optioned = Pick<Method, 'params'>;

/** The parameters that a method offers to the user: those that have a title. The number of groups and of starts have their own places. */
export function offeredParams({ params }: Optioned): z.ZodObject {
	if (!(params instanceof z.ZodObject)) return z.object({});
	const fields = Object.entries(params.shape as Record<string, z.ZodType>);
	return z.object(Object.fromEntries(fields.filter(([, field]) => field.meta()?.['title'] !== undefined)));
}

/** The options with what they do not name at its default; options that do not fit are the defaults. */
export function withDefaults(method: Optioned, options: Readonly<Record<string, unknown>>): unknown {
	const schema = offeredParams(method);
	return schema.safeParse(options).data ?? schema.parse({});
}

/** What of the parameters is not the default: all that a recipe has to say. */
export function ownOptions(
	method: Optioned,
	params: Readonly<Record<string, unknown>>
): Record<string, unknown> {
	const usual = offeredParams(method).parse({});
	return Object.fromEntries(
		Object.entries(params).filter(
			([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name as keyof typeof usual])
		)
	);
}
