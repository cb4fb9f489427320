using System.Data.SqlTypes;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;

namespace ChatPS.Conversion;

/// <summary>Single values as JSON knows them: text, numbers, booleans and nulls. Times are ISO 8601, names and addresses their text.</summary>
internal static class SingleValue
{
    /// <summary>Reads a value that consists of nothing else.</summary>
    /// <param name="value">The value, out of its wrapping.</param>
    /// <param name="plain">What it is to JSON.</param>
    /// <returns>Whether it is such a value.</returns>
    public static bool TryRead(object value, out object? plain)
    {
        plain = value switch
        {
            string or bool or char or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or Version or decimal or Enum or byte[] or System.Numerics.BigInteger => value,
            IntPtr or UIntPtr => PlainObject.Text(value),
            SwitchParameter flag => flag.IsPresent,
            ScriptBlock block => block.ToString(),
            CommandInfo command => command.Name,
            System.Xml.XmlNode node => node.OuterXml,
            _ when value.GetType().IsPrimitive => value,
            _ => Rare(value),
        };
        return plain is not null;
    }

    /// <summary>Says why a value cannot be sent at all.</summary>
    /// <param name="value">The value.</param>
    /// <returns>What it is and why not; null if it can.</returns>
    public static string? Refusal(object value) => value switch
    {
        SecureString or PSCredential => "a secure string or a credential; secrets are not sent to a model",
        double number when double.IsNaN(number) || double.IsInfinity(number) => NoNumber(number),
        float number when float.IsNaN(number) || float.IsInfinity(number) => NoNumber(number),
        SqlDouble { IsNull: false } number => Refusal(number.Value),
#if NET8_0_OR_GREATER
        Half number when Half.IsNaN(number) || Half.IsInfinity(number) => NoNumber((double)number),
#endif
        _ => null,
    };

    /// <summary>Writes a time as ISO 8601.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text; null if it is no time.</returns>
    public static string? TimeText(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
#if NET8_0_OR_GREATER
        DateOnly date => date.ToString("o", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("o", CultureInfo.InvariantCulture),
#endif
        _ => null,
    };

    private static string NoNumber(double number) => number.ToString(CultureInfo.InvariantCulture) + ", a number that JSON has not";

    private static object? Rare(object value) => value switch
    {
        Type type => type.FullName,
        IPAddress address => address.ToString(),
        INullable => PSObject.AsPSObject(value).Properties["Value"]?.Value,
#if NET8_0_OR_GREATER
        DateOnly or TimeOnly => TimeText(value),
        Int128 number => (System.Numerics.BigInteger)number,
        UInt128 number => (System.Numerics.BigInteger)number,
        // By its text: as a double it would have digits that it has not.
        Half number => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
#endif
        IFormattable text when !JsonTree.Is(value) => text.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType().FullName == "System.Management.Automation.SemanticVersion" || value.GetType().Namespace == "System.Xml.Linq" => value.ToString(),
        _ => null,
    };
}
