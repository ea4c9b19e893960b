"""See what strangers can learn about you, and the fewest changes that close the ways in.

The public names are imported where they live, so that a command loads only what it needs: `unlisted.audit.audit`,
`unlisted.extract.photo.read_photo`, `unlisted.extract.page.read_page`, `unlisted.extract.text.find`,
`unlisted.extract.declared.Matcher`, `unlisted.places.infer`, `unlisted.risk.plan.cheapest`, `unlisted.remedy.letters.write`.
"""
