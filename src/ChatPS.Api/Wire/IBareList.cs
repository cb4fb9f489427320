namespace ChatPS.Api.Wire;

/// <summary>A list of which some services give nothing but the array that belongs into its <c>data</c>.</summary>
internal interface IBareList;
