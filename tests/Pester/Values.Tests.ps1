BeforeDiscovery {
    # Values that PowerShell scripts hold, and what they are in JSON.
    $values = @(
        @{ What = 'what a command without output gave'; Make = { . {} }; Json = 'null' }
        @{ What = 'a null of a database'; Make = { [DBNull]::Value }; Json = 'null' }
        @{ What = 'a null string'; Make = { [NullString]::Value }; Json = 'null' }
        @{ What = 'a null of SQL'; Make = { [Data.SqlTypes.SqlInt32]::Null }; Json = 'null' }
        @{ What = 'a value of SQL'; Make = { [Data.SqlTypes.SqlInt32] 7 }; Json = '7' }
        @{ What = 'a nullable without a value'; Make = { [Nullable[int]] $null }; Json = 'null' }
        @{ What = 'a large number'; Make = { [bigint]::Parse('123456789012345678901234567890') }; Json = '123456789012345678901234567890' }
        @{ What = 'a decimal with its digits'; Make = { 0.10d }; Json = '0.10' }
        @{ What = 'a letter'; Make = { [char] 'x' }; Json = '"x"' }
        @{ What = 'an address'; Make = { [uri] 'https://example.com/a b' }; Json = '"https://example.com/a b"' }
        @{ What = 'a GUID'; Make = { [guid] '0f8fad5b-d9cb-469f-a165-70867728950e' }; Json = '"0f8fad5b-d9cb-469f-a165-70867728950e"' }
        @{ What = 'an enumeration'; Make = { [DayOfWeek]::Friday }; Json = '"Friday"' }
        @{ What = 'a span of time'; Make = { [timespan] '1.02:03:04' }; Json = '"1.02:03:04"' }
        @{ What = 'a version'; Make = { [version] '1.2.3' }; Json = '"1.2.3"' }
        @{ What = 'an IP address'; Make = { [ipaddress] '10.1.2.3' }; Json = '"10.1.2.3"' }
        @{ What = 'a type'; Make = { [int] }; Json = '"System.Int32"' }
        @{ What = 'XML'; Make = { [xml] '<a><b/></a>' }; Json = '"<a><b /></a>"' }
        @{ What = 'a row of a database'; Make = { $table = [Data.DataTable]::new(); $null = $table.Columns.Add('A', [int]), $table.Columns.Add('B'); , $table.Rows.Add(1, [DBNull]::Value) }; Json = '{"A":1,"B":null}' }
        @{ What = 'a list with nulls'; Make = { , @(1, [DBNull]::Value, $null) }; Json = '[1,null,null]' }
    )
    if ($PSVersionTable.PSVersion.Major -ge 7) {
        $values += @(
            @{ What = 'a date'; Make = { [DateOnly]::new(2026, 11, 5) }; Json = '"2026-11-05"' }
            @{ What = 'a time of day'; Make = { [TimeOnly]::new(9, 30) }; Json = '"09:30:00.0000000"' }
            @{ What = 'half a float'; Make = { [Half] 0.1 }; Json = '0.1' }
            @{ What = 'a number of 128 bits'; Make = { [Int128]::Parse('-170141183460469231731687303715884105728') }; Json = '-170141183460469231731687303715884105728' }
            @{ What = 'a semantic version'; Make = { [semver] '1.2.3-rc.1' }; Json = '"1.2.3-rc.1"' }
            @{ What = 'an element of JSON'; Make = { [Text.Json.JsonDocument]::Parse('{"a":[1,null,"x"]}').RootElement }; Json = '{"a":[1,null,"x"]}' }
            @{ What = 'a document of JSON'; Make = { [Text.Json.JsonDocument]::Parse('["a",1.50]') }; Json = '["a",1.5]' }
            @{ What = 'a string of JSON'; Make = { [Text.Json.JsonDocument]::Parse('"x"').RootElement }; Json = '"x"' }
            @{ What = 'no element of JSON'; Make = { [Text.Json.JsonElement]::new() }; Json = 'null' }
            @{ What = 'a node of JSON'; Make = { , [Text.Json.Nodes.JsonNode]::Parse('{"a":{"b":[true]}}') }; Json = '{"a":{"b":[true]}}' }
            @{ What = 'a value of a node'; Make = { [Text.Json.Nodes.JsonNode]::Parse('"x"') }; Json = '"x"' }
            @{ What = 'an object of Newtonsoft'; Make = { , [Newtonsoft.Json.Linq.JObject]::Parse('{"a":[1,null,"x"],"t":"2026-01-02"}') }; Json = '{"a":[1,null,"x"],"t":"2026-01-02"}' }
            @{ What = 'an array of Newtonsoft'; Make = { , [Newtonsoft.Json.Linq.JArray]::Parse('[{"a":1}]') }; Json = '[{"a":1}]' }
            @{ What = 'a value of Newtonsoft'; Make = { , [Newtonsoft.Json.Linq.JValue]::new('x') }; Json = '"x"' }
            @{ What = 'a number of Newtonsoft'; Make = { , [Newtonsoft.Json.Linq.JValue]::new(5) }; Json = '5' }
            @{ What = 'a null of Newtonsoft'; Make = { , [Newtonsoft.Json.Linq.JValue]::CreateNull() }; Json = 'null' }
            @{ What = 'a bag of members'; Make = { $bag = [Dynamic.ExpandoObject]::new(); ([Collections.Generic.IDictionary[string, object]] $bag).Add('a', [DBNull]::Value); , $bag }; Json = '{"a":null}' }
        )
    }

    $refused = @(
        @{ What = 'NaN'; Make = { [double]::NaN }; Says = '*is NaN*' }
        @{ What = 'infinity'; Make = { [float]::PositiveInfinity }; Says = '*Infinity*' }
        @{ What = 'a secure string'; Make = { ConvertTo-SecureString 'sk-test-hush' -AsPlainText -Force }; Says = '*secret*' }
        @{ What = 'a credential'; Make = { [pscredential]::new('u', (ConvertTo-SecureString 'sk-test-hush' -AsPlainText -Force)) }; Says = '*secret*' }
    )
}

BeforeAll {
    . $PSScriptRoot/common.ps1

    # The text of the last question.
    function Get-TestPrompt {
        (Get-TestBody).messages[-1].content
    }

    # JSON as PowerShell's own reader would not keep it: digits and spelling stay.
    function Get-RawMember([string] $Name) {
        $body = (Get-ChatSandboxRequest -Name Test -Last 1).Body
        $start = $body.IndexOf("""$Name"":") + $Name.Length + 3
        $body.Substring($start, $body.Length - 1 - $start)
    }
}

AfterAll {
    Clear-Test
}

Describe 'A value of PowerShell' {
    BeforeAll {
        Connect-TestSandbox
    }

    It 'is in the body what it is: <What>' -ForEach $values {
        $null = Invoke-ChatCompletion 'q' -AdditionalBody @{ zz = (& $Make) }
        Get-RawMember zz | Should -BeExactly $Json
    }

    It 'is in the data what it is: <What>' -ForEach $values {
        $null = [pscustomobject]@{ Before = 1; Value = (& $Make) } | Invoke-ChatCompletion 'About'
        Get-TestPrompt | Should -BeExactly "About`n`n{""Before"":1,""Value"":$Json}"
    }

    It 'is refused by the name of its place in the body: <What>' -ForEach $refused {
        $failure = @(Get-Failure { Invoke-ChatCompletion 'q' -AdditionalBody @{ outer = @{ list = @(1, (& $Make)) } } })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike '*-AdditionalBody*outer.list`[1`]*'
        "$($failure[0])" | Should -BeLike $Says
    }

    It 'is refused by the name of its place in the data, and the others go: <What>' -ForEach $refused {
        $failure = $null
        $answers = [pscustomobject]@{ Load = & $Make }, [pscustomobject]@{ Load = 1 } | Invoke-ChatCompletion 'About' -ErrorAction SilentlyContinue -ErrorVariable failure
        $answers.Index | Should -Be 1
        $failure.Count | Should -Be 1
        "$failure" | Should -BeLike "*'Load'*"
        "$failure" | Should -BeLike $Says
    }

    It 'is in a placeholder what it is: <What>' -ForEach @(
        @{ What = 'a null of a database'; Make = { [DBNull]::Value }; Text = '' }
        @{ What = 'what a command without output gave'; Make = { . {} }; Text = '' }
        @{ What = 'no number'; Make = { [double]::NaN }; Text = 'NaN' }
        @{ What = 'a large number'; Make = { [bigint]::Parse('123456789012345678901234567890') }; Text = '123456789012345678901234567890' }
        @{ What = 'a time'; Make = { [datetime]::new(2026, 11, 5, 9, 30, 0, [DateTimeKind]::Utc) }; Text = '2026-11-05T09:30:00.0000000Z' }
        @{ What = 'a span of time'; Make = { [timespan] '02:03:04' }; Text = '02:03:04' }
    ) {
        $path = Join-Path $TestDrive 'place.md'
        Set-Content $path 'Is [{{Value}}] much?'
        $null = [pscustomobject]@{ Value = (& $Make) } | Invoke-ChatCompletion -PromptFile $path
        Get-TestPrompt | Should -BeExactly "Is [$Text] much?"
    }

    It 'is no item where it is a null of any kind' -ForEach @{ Make = { [DBNull]::Value } }, @{ Make = { [NullString]::Value } } {
        @(Get-Failure { , (& $Make) | Invoke-ChatCompletion 'About' }).Exception.Message | Should -BeLike '*null*'
    }

    It 'is in the output of a tool what it is' {
        $tool = New-ChatTool -Name read -ScriptBlock { [pscustomobject]@{ A = [DBNull]::Value; B = [bigint]::Parse('123456789012345678901234567890') } }
        $answer = Invoke-ChatCompletion 'Please call read.' -Tool $tool -AllowTool read
        $answer.ToolCalls[0].Output | Should -BeExactly '{"A":null,"B":123456789012345678901234567890}'
    }
}
