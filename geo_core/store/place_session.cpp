#include "geo_core/store/place_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/county_table.hpp"
#include "geo_core/store/geopackage_geometry.hpp"
#include "geo_core/store/place_tables.hpp"
#include "geo_core/store/revision_table.hpp"
#include "geo_core/text.hpp"

namespace riskbild::store {

namespace {

std::uint64_t number_of(ContentHash const& hash)
{
    std::uint64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

/// What a table has of one source already, by key, and what of it was met again in this session.
class KnownRows {
public:
    struct Row {
        std::int64_t id = 0;  ///< 0 = new in this session
        std::uint64_t content = 0;
        std::uint64_t subject = 0;  ///< of a figure
        bool met = false;
    };

    void add(std::string_view key, std::int64_t id, Blob content, std::uint64_t subject = 0)
    {
        ContentHash hash{};
        std::copy_n(content.begin(), std::min(content.size(), hash.size()), hash.begin());
        rows_[number_of(content_hash(key))] = {id, number_of(hash), subject, false};
        before_ = rows_.size();
    }

    /// How many there were before this session.
    [[nodiscard]] std::uint64_t before() const { return before_; }

    /// What becomes of a row with that key and content. \return its id, 0 where there is none yet
    std::pair<Taken, std::int64_t> meet(std::string_view key, ContentHash const& content)
    {
        auto const number = number_of(content);
        auto const [known, is_new] =
            rows_.try_emplace(number_of(content_hash(key)), Row{.content = number, .met = true});
        auto& row = known->second;
        if (is_new) {
            return {Taken::new_, 0};
        }
        if (row.content == number) {
            row.met = true;
            return {Taken::unchanged, row.id};
        }
        if (row.met) {
            return {Taken::duplicate_id, row.id};
        }
        row.met = true;
        row.content = number;
        return {Taken::revised, row.id};
    }

    template <class Use>
    void each_not_met(Use use) const
    {
        for (auto const& [key, row] : rows_) {
            if (!row.met) {
                use(row);
            }
        }
    }

private:
    std::unordered_map<std::uint64_t, Row> rows_;
    std::uint64_t before_ = 0;
};

std::string set_key(std::string_view name, std::int64_t valid_from)
{
    return fmt::format("{}\x1f{}", name, valid_from);
}

/// What a figure is of, whatever its period: a new timetable tells the departures of another one.
std::uint64_t subject_of(Figure figure)
{
    figure.period.clear();
    return number_of(content_hash(key_of(figure)));
}

class GeoPackagePlaces final : public PlaceSession {
public:
    GeoPackagePlaces(std::filesystem::path const& file, County const& county, PlaceSource source,
                     std::string file_name)
        : connection_(file, Connection::Mode::read_write),
          transaction_(connection_, Transaction::Kind::write),
          srs_(county.profile.crs.epsg()),
          source_(std::move(source)),
          file_name_(std::move(file_name))
    {
        connection_.execute("PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864");
        announce(file);
        know_rows();
    }

    Result<Taken> put(NamedPlace const& place) override
    {
        return unless_broken([&] {
            auto const hash = content_hash(content_of(place));
            auto const [taken, id] = places_.meet(place.source_key, hash);
            if (taken == Taken::new_ || taken == Taken::revised) {
                write(place, id, hash);
            }
            return taken;
        });
    }

    Result<Taken> put(Figure const& figure) override
    {
        return unless_broken([&] {
            auto const hash = content_hash(content_of(figure));
            auto const [taken, id] = figures_.meet(key_of(figure), hash);
            subjects_met_.insert(subject_of(figure));
            if (taken == Taken::new_ || taken == Taken::revised) {
                write(figure, id, hash);
            }
            return taken;
        });
    }

    Result<Taken> put(StoredAreaSet const& set) override
    {
        return unless_broken([&] {
            auto const hash = content_hash(content_of(set));
            auto const [taken, id] = sets_.meet(set_key(set.name, set.valid_from), hash);
            if (taken == Taken::new_ || taken == Taken::revised) {
                write(set, id, hash);
            }
            return taken;
        });
    }

    Result<void> set_aside(SetAside const& row) override
    {
        return unless_broken([&] {
            auto const hash = content_hash(row.payload);
            if (!set_aside_) {
                set_aside_ = Statement(
                    connection_,
                    "INSERT INTO set_aside_rows(source, payload_hash, reason, file, row_number, column_name, "
                    "message, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
                    "ON CONFLICT(source, payload_hash, reason) DO NOTHING");
            }
            set_aside_.run(row.source, Blob(hash), row.reason, row.file, static_cast<std::int64_t>(row.row),
                           row.column, row.message, row.payload);
            set_aside_count_ += connection_.changes() > 0 ? 1 : 0;
            aside_met_.emplace(number_of(hash), row.reason);
        });
    }

    Result<Committed> commit() override
    {
        auto result = unless_broken([&] {
            Committed done{.gone = source_.whole ? forget_what_is_gone() : 0};
            if (changed_ || done.gone > 0 || set_aside_count_ > 0 || aside_gone_ > 0) {
                tell_bounds();
                done.revision =
                    add_revision(connection_, source_.name, file_name_, {.set_aside = set_aside_count_});
            } else {
                done.revision = newest_revision(connection_);
            }
            transaction_.commit();
            connection_.empty_log();
            return done;
        });
        if (result) {
            broken_ = Error{ErrorCode::wrong_use, "the import has been committed and takes nothing more"};
        }
        return result;
    }

private:
    template <class Body>
    auto unless_broken(Body&& body) -> Result<std::invoke_result_t<Body>>
    {
        if (broken_) {
            return Failure{*broken_};
        }
        auto result = guarded(std::forward<Body>(body));
        if (!result) {
            broken_ = result.error();
        }
        return result;
    }

    void announce(std::filesystem::path const& file)
    {
        if (!is_source_name(source_.name)) {
            throw StoreFailure(
                ErrorCode::wrong_use,
                fmt::format("the source name \"{}\" must be of a–z, 0–9, - and _", source_.name));
        }
        auto const sources = read_sources(connection_);
        if (std::ranges::find(sources, source_.name, &Source::name) != sources.end()) {
            throw StoreFailure(
                ErrorCode::wrong_use,
                fmt::format("{}: {} is a source of reports there; give these places another source name",
                            file.string(), source_.name));
        }
        Statement(connection_,
                  "INSERT INTO place_sources(name, title, attribution, as_of, file) VALUES (?1, ?2, ?3, ?4, "
                  "?5) ON CONFLICT(name) DO UPDATE SET title = ?2, attribution = ?3, as_of = ?4, file = ?5 "
                  "WHERE (title, attribution, as_of) <> (?2, ?3, ?4)")
            .run(source_.name, source_.title, source_.attribution, source_.as_of, file_name_);
        changed_ = connection_.changes() > 0;
    }

    void know_rows()
    {
        Statement places(connection_,
                         "SELECT source_key, id, content_hash FROM named_places WHERE source = ?1");
        for (places.query(source_.name); places.step();) {
            places_.add(places.text(0), places.integer(1), places.blob(2));
        }
        Statement sets(connection_,
                       "SELECT name, valid_from, id, content_hash FROM area_sets WHERE source = ?1");
        for (sets.query(source_.name); sets.step();) {
            sets_.add(set_key(sets.text(0), sets.integer(1)), sets.integer(2), sets.blob(3));
        }
        Statement figures(
            connection_,
            "SELECT measure, about, area_set, area_code, area_name, place_key, period, unit, id, "
            "content_hash FROM figures WHERE source = ?1");
        for (figures.query(source_.name); figures.step();) {
            auto const text = [&](int column) { return std::string(figures.text(column)); };
            Figure const figure{.measure = text(0),
                                .about = text(1),
                                .area_set = text(2),
                                .area_code = text(3),
                                .area_name = text(4),
                                .place_key = text(5),
                                .period = text(6),
                                .unit = text(7)};
            figures_.add(key_of(figure), figures.integer(8), figures.blob(9), subject_of(figure));
        }
    }

    /// The id of a row that is revised, or of a new one.
    [[nodiscard]] static std::optional<std::int64_t> id_or_next(std::int64_t id)
    {
        return id == 0 ? std::nullopt : std::optional{id};
    }

    void write(NamedPlace const& place, std::int64_t id, ContentHash const& hash)
    {
        if (!write_place_) {
            write_place_ = Statement(
                connection_,
                "INSERT OR REPLACE INTO named_places(id, geom, source, source_key, sort, kind, name, street, "
                "house_number, postcode, locality, area_id, parent_key, attributes, doubt, content_hash) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
            write_line_ = Statement(connection_,
                                    "INSERT OR REPLACE INTO street_lines(id, geom, name, metres) VALUES (?1, "
                                    "?2, ?3, ?4)");
        }
        std::optional<PointBlob> point;
        if (place.point) {
            point = point_blob(*place.point, srs_);
        }
        auto const area =
            place.area == kNoArea ? std::nullopt : std::optional<std::int64_t>{place.area.value()};
        if (id != 0) {
            forget_line(id);
        }
        write_place_.run(id_or_next(id), point ? std::optional{Blob(*point)} : std::nullopt, place.source,
                         place.source_key, name_of(place.sort), place.kind, place.name, place.street,
                         place.house_number, place.postcode, place.locality, area, place.parent_key,
                         place.attributes, place.doubt, Blob(hash));
        if (!place.lines.empty()) {
            auto const line = multi_line_blob(place.lines, srs_);
            write_line_.run(connection_.last_insert_rowid(), Blob(line), place.name, length_of(place.lines));
        }
        changed_ = true;
    }

    void write(Figure const& figure, std::int64_t id, ContentHash const& hash)
    {
        if (!write_figure_) {
            write_figure_ = Statement(
                connection_,
                "INSERT OR REPLACE INTO figures(id, source, measure, about, area_set, area_code, area_name, "
                "place_key, period, value, unit, n, low, high, by_hour, content_hash) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)");
        }
        write_figure_.run(id_or_next(id), figure.source, figure.measure, figure.about, figure.area_set,
                          figure.area_code, figure.area_name, figure.place_key, figure.period, figure.value,
                          figure.unit, figure.n, figure.low, figure.high, figure.by_hour, Blob(hash));
        changed_ = true;
    }

    void write(StoredAreaSet const& set, std::int64_t id, ContentHash const& hash)
    {
        if (id != 0) {
            forget_areas(id);
        }
        refuse_set_of_another_source(set);
        Statement(
            connection_,
            "INSERT OR REPLACE INTO area_sets(id, name, title, source, valid_from, valid_to, generalised, "
            "content_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
            .run(id_or_next(id), set.name, set.title, set.source, set.valid_from, set.valid_to,
                 set.generalised ? std::optional{set.generalised->value()} : std::nullopt, Blob(hash));
        auto const set_id = connection_.last_insert_rowid();
        Statement add(connection_,
                      "INSERT INTO area_set_areas(geom, set_id, code, name, area_id) VALUES (?1, ?2, ?3, ?4, "
                      "?5)");
        for (auto const& area : set.areas) {
            auto const blob = multi_polygon_blob(area.shape, srs_);
            add.run(area.shape.empty() ? std::nullopt : std::optional{Blob(blob)}, set_id, area.code,
                    area.name,
                    area.area == kNoArea ? std::nullopt : std::optional<std::int64_t>{area.area.value()});
        }
        changed_ = true;
    }

    void refuse_set_of_another_source(StoredAreaSet const& set)
    {
        Statement other(connection_,
                        "SELECT source FROM area_sets WHERE name = ?1 AND valid_from = ?2 AND source <> ?3");
        other.query(set.name, set.valid_from, set.source);
        if (other.step()) {
            throw StoreFailure(
                ErrorCode::wrong_use,
                fmt::format("the area set {} of {} is in the store already, from the source {}; "
                            "give this one another name or first year",
                            set.name, set.valid_from == 0 ? "no stated year" : std::to_string(set.valid_from),
                            other.text(0)));
        }
    }

    void forget_line(std::int64_t place)
    {
        Statement(connection_, "DELETE FROM street_lines WHERE id = ?1").run(place);
    }

    void forget_areas(std::int64_t set)
    {
        Statement(connection_, "DELETE FROM area_set_areas WHERE set_id = ?1").run(set);
    }

    /// Figures that come back for another period are renewed, not lost.
    [[nodiscard]] std::uint64_t count_what_is_gone() const
    {
        std::uint64_t gone = 0;
        for (auto const* const rows : {&places_, &sets_}) {
            rows->each_not_met([&](KnownRows::Row const&) { ++gone; });
        }
        figures_.each_not_met(
            [&](KnownRows::Row const& figure) { gone += subjects_met_.contains(figure.subject) ? 0 : 1; });
        return gone;
    }

    std::uint64_t forget_what_is_gone()
    {
        auto const gone = count_what_is_gone();
        refuse_to_lose_most(gone);
        Statement place(connection_, "DELETE FROM named_places WHERE id = ?1");
        Statement line(connection_, "DELETE FROM street_lines WHERE id = ?1");
        places_.each_not_met([&](KnownRows::Row const& row) {
            line.run(row.id);
            place.run(row.id);
        });
        Statement figure(connection_, "DELETE FROM figures WHERE id = ?1");
        figures_.each_not_met([&](KnownRows::Row const& row) {
            figure.run(row.id);
            changed_ = true;
        });
        Statement set(connection_, "DELETE FROM area_sets WHERE id = ?1");
        sets_.each_not_met([&](KnownRows::Row const& row) {
            forget_areas(row.id);
            set.run(row.id);
        });
        forget_former_rows_set_aside();
        return gone;
    }

    void refuse_to_lose_most(std::uint64_t gone) const
    {
        constexpr std::uint64_t kWorthAsking = 20;
        auto const before = places_.before() + sets_.before() + figures_.before();
        if (source_.replaces_most || gone < kWorthAsking || 2 * gone <= before) {
            return;
        }
        throw StoreFailure(
            Error{ErrorCode::wrong_use,
                  fmt::format(
                      "{} lacks {} of the {} that {} told before, which would be forgotten: is it the right "
                      "file? If so, import it with --replace",
                      file_name_, gone, before, source_.name),
                  "replace"});
    }

    /// A row that a former extract had wrong is no longer of interest when the new one does not have it.
    void forget_former_rows_set_aside()
    {
        std::vector<std::int64_t> former;
        Statement all(connection_, "SELECT id, payload_hash, reason FROM set_aside_rows WHERE source = ?1");
        for (all.query(source_.name); all.step();) {
            ContentHash hash{};
            auto const blob = all.blob(1);
            std::copy_n(blob.begin(), std::min(blob.size(), hash.size()), hash.begin());
            if (!aside_met_.contains({number_of(hash), std::string(all.text(2))})) {
                former.push_back(all.integer(0));
            }
        }
        Statement forget(connection_, "DELETE FROM set_aside_rows WHERE id = ?1");
        for (auto const id : former) {
            forget.run(id);
        }
        aside_gone_ = former.size();
    }

    void tell_bounds()
    {
        connection_.execute(
            "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = (SELECT min(ST_MinX(geom)), "
            "min(ST_MinY(geom)), max(ST_MaxX(geom)), max(ST_MaxY(geom)) FROM named_places) "
            "WHERE table_name = 'named_places'");
    }

    Connection connection_;
    Transaction transaction_;
    int srs_;
    PlaceSource source_;
    std::string file_name_;
    KnownRows places_, sets_, figures_;
    std::unordered_set<std::uint64_t> subjects_met_;  // of figures
    Statement write_place_, write_line_, write_figure_, set_aside_;
    std::set<std::pair<std::uint64_t, std::string>> aside_met_;
    std::int64_t set_aside_count_ = 0;
    std::size_t aside_gone_ = 0;
    bool changed_ = false;
    std::optional<Error> broken_;
};

}  // namespace

std::unique_ptr<PlaceSession> begin_place_session(std::filesystem::path const& file, County const& county,
                                                  PlaceSource const& source, std::string file_name)
{
    return std::make_unique<GeoPackagePlaces>(file, county, source, std::move(file_name));
}

}  // namespace riskbild::store
