using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;
using ChatPS.Conversion;

namespace ChatPS.Prices;

/// <summary>Reads what users give to <c>-PriceTable</c>: a hashtable, rows of objects, or the path of a CSV file.</summary>
internal static class PriceTableReader
{
    private const string Form = "Write @{ 'your-model*' = @{ Input = 2.5; Cached = 1.25; Output = 10 } }, or give a CSV file with the columns Model, Input, Cached and Output. Other columns are BatchInput, BatchCached and BatchOutput, and Request, Search, Image, Minute and Character; where there are no tokens out, as with vectors, Output is 0.";

    private static readonly string[] TokenPrices = [nameof(ModelPrice.Input), nameof(ModelPrice.Cached), nameof(ModelPrice.Output)];
    private static readonly string[] BatchPrices = [nameof(ModelPrice.BatchInput), nameof(ModelPrice.BatchCached), nameof(ModelPrice.BatchOutput)];

    /// <summary>Reads the table.</summary>
    /// <param name="cmdlet">The cmdlet, which knows the current location.</param>
    /// <param name="value">What the user gave.</param>
    /// <returns>The prices.</returns>
    /// <exception cref="ChatServiceException">It is no table of prices; it says which row and column.</exception>
    public static PriceTable Read(PSCmdlet cmdlet, object? value) => new(Bare.Of(value) switch
    {
        IDictionary table => PlainObject.Entries(table).Select(entry => FromEntry(entry.Key, entry.Value)),
        string path => FromFile(cmdlet, path),
        FileInfo file => FromFile(cmdlet, file.FullName),
        PSObject row => [FromRow(row, 1)],
        IEnumerable rows => rows.Cast<object?>().Select((row, place) => FromRow(row, place + 1)),
        _ => throw Failures.Invalid($"-PriceTable: '{PlainObject.Text(value)}' is no table of prices.", Form),
    });

    /// <summary>Finds out which file a table is read from.</summary>
    /// <param name="cmdlet">The cmdlet, which knows the current location.</param>
    /// <param name="value">What the user gave.</param>
    /// <returns>The full path; null where it is no file.</returns>
    /// <exception cref="ChatServiceException">It is no path.</exception>
    public static string? PathOf(PSCmdlet cmdlet, object? value) => Bare.Of(value) switch
    {
        string path => Resolve(cmdlet, path),
        FileInfo file => file.FullName,
        _ => null,
    };

    private static IEnumerable<ModelPrice> FromFile(PSCmdlet cmdlet, string path) =>
        PriceFile.Read(Resolve(cmdlet, path))
            .Select((row, place) => FromRow(row.ToDictionary(field => field.Key, field => (object?)field.Value, StringComparer.OrdinalIgnoreCase), place + 1));

    private static string Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            return cmdlet.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (SessionStateException exception)
        {
            throw Failures.Invalid($"-PriceTable: '{path}' is no path: {exception.Message}", Form, exception);
        }
    }

    private static ModelPrice FromEntry(object key, object? given)
    {
        string model = PlainObject.Text(key);
        string where = $"'{model}'";
        object? value = Bare.Of(given);
        if (Members(value) is { } named)
        {
            string? unknown = named.Keys.FirstOrDefault(name => !TokenPrices.Concat(BatchPrices).Concat(PriceUnits.All).Contains(name, StringComparer.OrdinalIgnoreCase));
            return unknown is null ? Create(model, named, where) : throw Failures.Invalid($"-PriceTable: {where} has '{unknown}', which is no price.", Form);
        }

        object?[] prices = value is IEnumerable list and not string ? [.. list.Cast<object?>()] : [];
        return prices.Length is 2 or 3
            ? Create(model, TokenPrices.Where(name => prices.Length == 3 || name != nameof(ModelPrice.Cached)).Zip(prices, (name, price) => (name, price)).ToDictionary(pair => pair.name, pair => pair.price, StringComparer.Ordinal), where)
            : throw Failures.Invalid($"-PriceTable: {where} is '{PlainObject.Text(value)}'; two prices (input, output) or three (input, cached, output) are needed.", Form);
    }

    private static ModelPrice FromRow(object? row, int number)
    {
        string where = FormattableString.Invariant($"row {number}");
        Dictionary<string, object?> members = Members(Bare.Of(row)) ?? throw Failures.Invalid($"-PriceTable: {where} is '{PlainObject.Text(row)}', not a row of prices.", Form);
        string model = members.TryGetValue(nameof(ModelPrice.Model), out object? name) ? PlainObject.Text(name).Trim() : "";
        return model.Length > 0
            ? Create(model, members, $"{where} ('{model}')")
            : throw Failures.Invalid($"-PriceTable: {where} has no Model.", Form);
    }

    private static ModelPrice Create(string model, Dictionary<string, object?> prices, string where)
    {
        Dictionary<string, decimal> units = PriceUnits.All
            .Select(unit => (Unit: unit, Price: Price(prices, unit, where)))
            .Where(unit => unit.Price is not null)
            .ToDictionary(unit => unit.Unit, unit => unit.Price!.Value, StringComparer.OrdinalIgnoreCase);
        return new ModelPrice(model, TokenPrice(prices, nameof(ModelPrice.Input), units, where), TokenPrice(prices, nameof(ModelPrice.Output), units, where))
        {
            Cached = Price(prices, nameof(ModelPrice.Cached), where),
            BatchInput = Price(prices, nameof(ModelPrice.BatchInput), where),
            BatchOutput = Price(prices, nameof(ModelPrice.BatchOutput), where),
            BatchCached = Price(prices, nameof(ModelPrice.BatchCached), where),
            Units = units,
        };
    }

    // A model that is charged by other units need have no price for tokens.
    private static decimal TokenPrice(Dictionary<string, object?> prices, string column, Dictionary<string, decimal> units, string where) =>
        Price(prices, column, where) ?? (units.Count > 0 ? 0 : throw Failures.Invalid($"-PriceTable: {where} has no {column}.", Form));

    // Thousands separators are refused: 2,5 would be read as 25.
    private static decimal? Price(Dictionary<string, object?> prices, string column, string where)
    {
        object? value = prices.TryGetValue(column, out object? given) ? Bare.Of(given) : null;
        if (value is null || (value is string blank && string.IsNullOrWhiteSpace(blank)))
        {
            return null;
        }

        decimal price = 0;
        bool isNumber = value is string text
            ? decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out price)
            : (value is decimal || (value.GetType().IsPrimitive && value is not (bool or char))) && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out price);
        return isNumber ? price : throw Failures.Invalid($"-PriceTable: {where}, {column} is '{PlainObject.Text(value)}'; it must be a number, written with a point.", $"Correct {column}: it is the price of {(PriceUnits.All.Contains(column, StringComparer.OrdinalIgnoreCase) ? "one" : "a million tokens")}.");
    }

    private static Dictionary<string, object?>? Members(object? value)
    {
        IEnumerable<(string Name, object? Value)>? members = value switch
        {
            Dictionary<string, object?> known => known.Select(member => (member.Key, member.Value)),
            IDictionary dictionary => PlainObject.Entries(dictionary).Select(entry => (PlainObject.Text(entry.Key), entry.Value)),
            PSObject custom => custom.Properties.Select(property => (property.Name, (object?)property.Value)),
            _ => null,
        };
        if (members is null)
        {
            return null;
        }

        Dictionary<string, object?> named = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? member) in members)
        {
            named[name] = member;
        }

        return named;
    }

}
