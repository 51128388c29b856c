#include "geo_core/store/kind_dictionary.hpp"

#include <fmt/format.h>

namespace riskbild::store {

KindDictionary::KindDictionary(Connection& connection, KindTree const& tree)
    : connection_(connection), tree_(tree)
{
    Statement all(connection, "SELECT id, code, name_sv, is_protected FROM kinds");
    all.query();
    while (all.step()) {
        auto const number = all.integer(0);
        remember(number, all.text(1));
        auto& entry = entries_.at(number);
        entry.renamed = entry.swedish != all.text(2);
        entry.reprotected = tree_[entry.kind].is_protected != (all.integer(3) != 0);
    }
}

std::int64_t KindDictionary::number_of(std::string_view code)
{
    if (auto const number = find(code); number >= 0) {
        return number;
    }
    auto const kind = tree_.by_code(code).value_or(kUnknownKind);
    Statement(connection_, "INSERT INTO kinds(code, name_sv, is_protected) VALUES (?1, ?2, ?3)")
        .run(code, tree_[kind].sv, tree_[kind].is_protected);
    auto const number = connection_.last_insert_rowid();
    remember(number, code);
    return number;
}

std::int64_t KindDictionary::find(std::string_view code) const
{
    auto const found = numbers_.find(code);
    return found == numbers_.end() ? -1 : found->second;
}

std::vector<std::int64_t> KindDictionary::refresh()
{
    std::vector<std::int64_t> reprotected;
    for (auto& [number, entry] : entries_) {
        if (entry.renamed) {
            Statement(connection_, "UPDATE incidents SET kind_name = ?2 WHERE kind = ?1")
                .run(entry.code, entry.swedish);
        }
        if (entry.reprotected) {
            reprotected.push_back(number);
        }
        if (entry.renamed || entry.reprotected) {
            Statement(connection_, "UPDATE kinds SET name_sv = ?2, is_protected = ?3 WHERE id = ?1")
                .run(number, entry.swedish, tree_[entry.kind].is_protected);
            entry.renamed = entry.reprotected = false;
        }
    }
    return reprotected;
}

KindDictionary::Entry const& KindDictionary::entry(std::int64_t number) const
{
    auto const found = entries_.find(number);
    if (found == entries_.end()) {
        throw StoreFailure(ErrorCode::damaged,
                           fmt::format("{} refers to a kind with number {} that it does not have",
                                       connection_.file().string(), number));
    }
    return found->second;
}

void KindDictionary::remember(std::int64_t number, std::string_view code)
{
    auto const kind = tree_.by_code(code).value_or(kUnknownKind);
    numbers_.emplace(code, number);
    entries_.emplace(number, Entry{std::string(code), tree_[kind].sv, kind});
}

}  // namespace riskbild::store
