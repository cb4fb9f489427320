namespace Refit;

/// <summary>Turns names of properties into keys of the query.</summary>
internal interface IUrlParameterKeyFormatter
{
    /// <summary>Formats a name.</summary>
    string Format(string key);
}
