"""An import-linter contract that lists what a package MAY import; all else is forbidden."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """Direct imports only: what an allowed module stands on is that module's business.

    The standard library and the package itself are always allowed.
    """

    type_name = "only"

    source_modules = fields.ListField(subfield=fields.StringField())
    allowed_modules = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        strangers = [
            f"{importer} -> {imported}"
            for source in self.source_modules
            for importer in sorted({source, *graph.find_descendants(source)})
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self.allows(source, imported)
        ]
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def allows(self, source: str, imported: str) -> bool:
        if imported.split(".")[0] in sys.stdlib_module_names:
            return True
        return any(is_within(imported, allowed) for allowed in (source, *self.allowed_modules))

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["strangers"]:
            output.print_error(line, bold=False)


def is_within(module: str, package: str) -> bool:
    """Whether `module` is the package or lies inside it."""
    return module == package or module.startswith(package + ".")
