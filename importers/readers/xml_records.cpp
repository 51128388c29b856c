#include "importers/readers/xml_records.hpp"

#include <algorithm>
#include <deque>
#include <optional>

#include <expat.h>
#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/read_window.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;  // of the file, at once

// An element being read.
struct OpenElement {
    std::string name;
    std::string text;
    std::vector<JsonMember> members;  // in order of appearance
};

JsonValue text_value(std::string_view text)
{
    text = trimmed(text);
    return {.type = text.empty() ? JsonValue::Type::null : JsonValue::Type::string,
            .text = std::string{text}};
}

// Elements of one name become an array, and all are put in order of name.
JsonValue object_of(std::vector<JsonMember> members)
{
    std::ranges::stable_sort(members, {}, &JsonMember::name);
    JsonValue object{.type = JsonValue::Type::object};
    for (auto& member : members) {
        if (object.members.empty() || object.members.back().name != member.name) {
            object.members.push_back(std::move(member));
            continue;
        }
        auto& before = object.members.back().value;
        if (before.type != JsonValue::Type::array) {
            JsonValue list{.type = JsonValue::Type::array};
            list.items.push_back(std::move(before));
            before = std::move(list);
        }
        before.items.push_back(std::move(member.value));
    }
    return object;
}

struct NamedRecord {
    std::string name;
    JsonValue value;
};

}  // namespace

struct XmlRecords::State {
    State(ByteSource& source, std::vector<std::string> record_names)
        : window(source), names(std::move(record_names)), parser(XML_ParserCreate("UTF-8"), &XML_ParserFree)
    {
    }

    ReadWindow window;
    std::vector<std::string> names;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser;
    std::vector<OpenElement> inside;  // the record being read, and what is open in it
    std::size_t depth = 0;
    std::size_t record_bytes = 0;
    std::deque<NamedRecord> ready;
    NamedRecord current;
    std::uint64_t row = 0;
    std::string root, problem;
    bool is_too_large = false;
    bool ended = false;
    std::string decoded;

    [[nodiscard]] bool is_record(std::string_view name) const
    {
        return std::ranges::find(names, name) != names.end();
    }
    void stop(std::string why)
    {
        if (problem.empty())
            problem = std::move(why);
        XML_StopParser(parser.get(), XML_FALSE);
    }
    bool count(std::size_t bytes)
    {
        record_bytes += bytes;
        if (record_bytes <= kRecordLimit)
            return true;
        is_too_large = true;
        stop(fmt::format("longer than {} MB, the most that one record may be", kRecordLimit >> 20));
        return false;
    }

    static void start(void* user, XML_Char const* written, XML_Char const**)
    {
        auto& state = *static_cast<State*>(user);
        // A prefix says only whose the name is.
        std::string_view name{written};
        name.remove_prefix(name.rfind(':') == std::string_view::npos ? 0 : name.rfind(':') + 1);
        if (++state.depth > kJsonDepth)
            return state.stop(fmt::format("nests deeper than {} levels", kJsonDepth));
        if (state.depth == 1)
            state.root = name;
        if (state.inside.empty() && !state.is_record(name))
            return;
        if (state.inside.empty())
            state.record_bytes = 0;
        if (state.count(name.size() + sizeof(OpenElement)))
            state.inside.push_back({.name = std::string{name}});
    }
    static void text(void* user, XML_Char const* bytes, int size)
    {
        auto& state = *static_cast<State*>(user);
        if (!state.inside.empty() && state.count(static_cast<std::size_t>(size)))
            state.inside.back().text.append(bytes, static_cast<std::size_t>(size));
    }
    static void end(void* user, XML_Char const*)
    {
        auto& state = *static_cast<State*>(user);
        --state.depth;
        if (state.inside.empty())
            return;
        auto element = std::move(state.inside.back());
        state.inside.pop_back();
        if (state.inside.empty()) {
            state.ready.push_back({std::move(element.name), object_of(std::move(element.members))});
            return;
        }
        auto value =
            element.members.empty() ? text_value(element.text) : object_of(std::move(element.members));
        state.inside.back().members.push_back({std::move(element.name), std::move(value)});
    }
    static void document_type(void* user, XML_Char const*, XML_Char const*, XML_Char const*, int)
    {
        static_cast<State*>(user)->stop("has a document type, which is not read");
    }

    [[nodiscard]] Failure broken() const
    {
        auto const why = problem.empty() ? fmt::format("is no good XML in line {}: {}",
                                                       XML_GetCurrentLineNumber(parser.get()),
                                                       XML_ErrorString(XML_GetErrorCode(parser.get())))
                                         : problem;
        return fail(is_too_large ? ErrorCode::too_large : ErrorCode::unreadable,
                    fmt::format("{} row {}: {}", window.source().name(), row + ready.size() + 1, why));
    }

    // What is there up to the end of a tag, so that no character is cut in two; all of it at the end.
    Result<std::size_t> piece_size(bool& is_end)
    {
        while (true) {
            auto const view = window.view();
            auto tag = view.rfind('>', kPiece - 1);
            tag = tag == std::string_view::npos ? view.find('>') : tag;
            if (tag != std::string_view::npos)
                return tag + 1;
            if (window.full())
                return fail(ErrorCode::too_large,
                            fmt::format("{} row {}: a text longer than {} MB", window.source().name(),
                                        row + 1, kRecordLimit >> 20));
            auto const more = window.more();
            if (!more)
                return Failure{more.error()};
            is_end = !*more;
            if (is_end)
                return window.view().size();
        }
    }

    Result<void> read_on()
    {
        bool is_end = false;
        auto const piece = piece_size(is_end);
        if (!piece)
            return Failure{piece.error()};
        if (auto const parsed = parse(window.view().substr(0, *piece), is_end); !parsed)
            return parsed;
        window.consume(*piece);
        ended = is_end;
        return {};
    }

    // Text by text, as files are pasted together from both encodings.
    Result<void> parse(std::string_view bytes, bool is_end)
    {
        if (!is_utf8(bytes)) {
            decoded.clear();
            for (auto rest = bytes; !rest.empty();) {
                auto const part = rest.substr(0, rest.find('<', 1));
                if (is_utf8(part))
                    decoded += part;
                else
                    append_from_windows_1252(part, decoded);
                rest.remove_prefix(part.size());
            }
            bytes = decoded;
        }
        if (XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), is_end) != XML_STATUS_OK)
            return broken();
        return {};
    }
};

XmlRecords::XmlRecords(std::unique_ptr<State> state) : state_(std::move(state)) {}
XmlRecords::XmlRecords(XmlRecords&&) noexcept = default;
XmlRecords& XmlRecords::operator=(XmlRecords&&) noexcept = default;
XmlRecords::~XmlRecords() = default;

Result<XmlRecords> XmlRecords::open(ByteSource& source, std::vector<std::string> names)
{
    auto state = std::make_unique<State>(source, std::move(names));
    if (auto const opened = state->window.open(); !opened)
        return Failure{opened.error()};
    auto* const parser = state->parser.get();
    if (parser == nullptr)
        return fail(ErrorCode::internal, "expat cannot be started");
    XML_SetUserData(parser, state.get());
    XML_SetElementHandler(parser, &State::start, &State::end);
    XML_SetCharacterDataHandler(parser, &State::text);
    XML_SetStartDoctypeDeclHandler(parser, &State::document_type);
    return XmlRecords{std::move(state)};
}

Result<bool> XmlRecords::next()
{
    auto& state = *state_;
    while (state.ready.empty() && !state.ended)
        if (auto const read = state.read_on(); !read)
            return Failure{read.error()};
    if (state.ready.empty())
        return false;
    state.current = std::move(state.ready.front());
    state.ready.pop_front();
    ++state.row;
    return true;
}

JsonValue const& XmlRecords::record() const
{
    return state_->current.value;
}

std::string const& XmlRecords::name() const
{
    return state_->current.name;
}

std::uint64_t XmlRecords::row() const
{
    return state_->row;
}

std::string const& XmlRecords::root() const
{
    return state_->root;
}

}  // namespace riskbild::importers
