#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo_core/kinds.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// The store's numbers for kind codes. The KindTree may grow and be reordered between two runs of
/// the program; these numbers never change. A code that the tree lacks is kept as it is and means
/// `unknown` until the tree has it.
class KindDictionary {
public:
    KindDictionary(Connection& connection, KindTree const& tree);

    /// The number of a code, added to the store when it is new.
    std::int64_t number_of(std::string_view code);
    /// -1 for a code that the store has not met.
    [[nodiscard]] std::int64_t find(std::string_view code) const;
    [[nodiscard]] std::string_view code(std::int64_t number) const { return entry(number).code; }
    [[nodiscard]] std::string_view swedish(std::int64_t number) const { return entry(number).swedish; }
    [[nodiscard]] KindId kind(std::int64_t number) const { return entry(number).kind; }

    /// Writes what the tree says now of the kinds met: Swedish names, in incidents too, and protection.
    /// \return numbers of the kinds whose protection changed: their incidents are to be derived anew
    [[nodiscard]] std::vector<std::int64_t> refresh();

private:
    struct Entry {
        std::string code;
        std::string swedish;  ///< as the tree has it now
        KindId kind;
        bool renamed = false;  ///< the store has another name
        bool reprotected =
            false;  ///< the store has it protected where the tree has not, or the other way round
    };
    [[nodiscard]] Entry const& entry(std::int64_t number) const;
    void remember(std::int64_t number, std::string_view code);

    Connection& connection_;
    KindTree const& tree_;
    std::unordered_map<std::int64_t, Entry> entries_;
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace riskbild::store
