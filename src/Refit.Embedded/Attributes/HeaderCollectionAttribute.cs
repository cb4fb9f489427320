namespace Refit;

/// <summary>The parameter, an <c>IDictionary&lt;string, string&gt;</c>, holds headers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal class HeaderCollectionAttribute : Attribute;
