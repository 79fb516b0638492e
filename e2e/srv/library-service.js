// What the service does besides the CRUD that CAP provides.
const cds = require('@sap/cds')

module.exports = class LibraryService extends cds.ApplicationService {
  async init() {
    const { Books, Shelves } = this.entities
    this.on('lend', Books, async (req) => {
      const [{ isbn }] = req.params
      if (req.data.days > 100) {
        req.error({ code: 'TOO_LONG', message: 'No book is lent for so long', target: 'days', status: 422 })
        req.error({ code: 'ASK', message: 'Ask a librarian', target: 'to', status: 422 })
        return
      }
      await UPDATE(Books, isbn).with({ available: false, title: `${req.data.to}'s` })
      return SELECT.one.from(Books, isbn)
    })
    this.on('similar', Books, (req) => SELECT.from(Books).orderBy('isbn').limit(req.data.limit ?? 1))
    this.on('close', (req) => `closed: ${req.data.reason ?? 'for no reason'}`)
    this.on('refuse', (req) => req.reject(409, 'The library is open'))
    this.on('add', (req) => req.data.left + req.data.right)
    this.on('titles', async () => (await SELECT.from(Books).columns('title').orderBy('isbn')).map((book) => book.title))
    await super.init()
    cds.once('served', () =>
      INSERT.into('library.Shelves').entries(
        Array.from({ length: 25 }, (_, at) => ({ ID: at + 1, label: `Shelf ${at + 1}` })),
      ),
    )
  }
}
