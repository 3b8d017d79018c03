import { sql } from '#lib/engine/sql.ts';
import { tableSubject } from '../table-subject.ts';

/** Lines of orders, as in `clean.order_lines`, without credit notes. */
export const lines = tableSubject({
	id: 'lines',
	one: 'product',
	many: 'products',
	verb: 'bought',
	notVerb: 'did not buy',
	needs: ['lines'],
	table: 'order_lines',
	time: 'ordered_at',
	only: sql`NOT is_return`,
	fields: [
		{ id: 'product', label: 'name', type: 'text', unit: 'text', needs: ['line_product'] },
		{ id: 'sku', label: 'sku', type: 'text', unit: 'text', needs: ['line_sku'] },
		{ id: 'category', label: 'category', type: 'text', unit: 'text', needs: ['category'] },
		{ id: 'unit_price', label: 'unit price', type: 'number', unit: 'money', needs: ['unit_price'] },
		{ id: 'quantity', label: 'quantity', type: 'number', unit: 'number', needs: ['quantity'] },
		{ id: 'amount', label: 'amount', type: 'number', unit: 'money', needs: ['line_amount'] }
	]
});
