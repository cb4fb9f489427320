# Answers as objects: -OutputType, -OutputSchema and what goes with them.
enum Urgency { Low; High }

class Triage {
    [string] $Team
    [ValidateRange(1, 5)] [int] $Score
    [Urgency] $Urgency
    [string[]] $Tags
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $answer = '{"Team":"Network","Score":4,"Urgency":"High","Tags":["a","b"]}'
}

AfterAll {
    Clear-Test
}

Describe '-OutputType' {
    It 'gives an instance of a class, with the completion behind it' {
        Connect-TestSandbox @{ Response = $answer }

        $result = 'The switch is dead' | Invoke-ChatCompletion 'Triage' -OutputType ([Triage])

        $result | Should -BeOfType ([Triage])
        $result.Team | Should -BeExactly 'Network'
        $result.Urgency | Should -Be ([Urgency]::High)
        $result.Tags | Should -Be 'a', 'b'
        $result.ChatPS.Completion | Should -BeOfType ChatPS.ChatCompletion
        $result.ChatPS.Completion.Usage.TotalTokens | Should -BeGreaterThan 0
        Get-TestMember response_format.type | Should -Be '"json_schema"'
        Get-TestMember response_format.json_schema.strict | Should -Be 'true'
        Get-TestMember response_format.json_schema.schema.required | Should -Be '["Team","Score","Urgency","Tags"]'
    }

    It 'gives each item of a list' {
        Connect-TestSandbox @{ Response = "{""items"":[$answer,$answer]}" }

        $result = 'x' | Invoke-ChatCompletion -OutputType ([Triage[]])

        $result | Should -HaveCount 2
        $result | Should -BeOfType ([Triage])
    }

    It 'gives a bare value' {
        Connect-TestSandbox @{ Response = '{"value":42}' }

        'x' | Invoke-ChatCompletion -OutputType int | Should -BeExactly 42
    }

    It 'works in a job' {
        Connect-TestSandbox @{ Response = $answer }

        $result = 1..3 | Invoke-ChatCompletion 'x' -OutputType ([Triage]) -AsJob | Receive-EndedJob

        $result.Team | Should -Be 'Network', 'Network', 'Network'
    }

    It 'refuses a type that no JSON can become' {
        $failure = Get-Failure { 'x' | Invoke-ChatCompletion -OutputType System.IO.Stream }

        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike '*Stream*'
    }
}

Describe '-OutputSchema' {
    It 'takes one line, and groups by its field' {
        Connect-TestSandbox @{ Response = @{ '*printer*' = '{"team":"Print","urgency":1}' }, @{ '*' = '{"team":"Net","urgency":3}' } }

        $groups = 'printer', 'switch', 'a printer' | Invoke-ChatCompletion 'Classify' -OutputSchema 'team, urgency (1|2|3)' | Group-Object team

        $groups.Name | Should -Be 'Net', 'Print'
        $groups | ForEach-Object Count | Should -Be 1, 2
        $groups[0].Group[0].urgency | Should -BeOfType int
        Get-TestMember response_format.json_schema.schema.properties.urgency.enum | Should -Be '[1,2,3]'
    }

    It 'takes JSON Schema as <Form>' -ForEach @(
        @{ Form = 'a hashtable'; Schema = @{ type = 'object'; properties = @{ n = @{ type = 'integer' } }; required = @('n'); additionalProperties = $false } }
        @{ Form = 'text'; Schema = '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}' }
    ) {
        Connect-TestSandbox @{ Response = '{"n":7}' }

        ('x' | Invoke-ChatCompletion -OutputSchema $Schema).n | Should -Be 7
    }

    It 'takes the path of a file' {
        Connect-TestSandbox @{ Response = '{"n":7}' }
        Set-Content TestDrive:/n.json '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}'

        ('x' | Invoke-ChatCompletion -OutputSchema TestDrive:/n.json).n | Should -Be 7
    }

    It 'says where one line is wrong' {
        $failure = Get-Failure { 'x' | Invoke-ChatCompletion -OutputSchema 'n foo' }

        "$failure" | Should -BeLike "*'foo' is not a type*"
    }

    It 'refuses <Schema>, which means something else than it seems' -ForEach @(
        @{ Schema = 'name: string, age: int'; Says = '*without the colon*' }
        @{ Schema = @{ a = 'string'; age = 'int' }; Says = '*no JSON Schema*' }
        @{ Schema = '{"type":"banana"}'; Says = "*'banana' is not a type*" }
    ) {
        Connect-TestSandbox

        $failure = Get-Failure { 'x' | Invoke-ChatCompletion -OutputSchema $Schema }

        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike $Says
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'asks for a form that the service knows' {
        Connect-TestSandbox @{ Response = @{ Path = '*'; Response = { if ($_.Body -match 'json_schema') { throw 'response_format.json_schema is unknown' } '{"n":7}' } } }

        ('x' | Invoke-ChatCompletion -OutputSchema 'n int' -ErrorAction SilentlyContinue).n | Should -Be 7
        ('x' | Invoke-ChatCompletion -OutputSchema 'n int').n | Should -Be 7

        @(Get-TestRequest | ForEach-Object { ($_.Body | ConvertFrom-Json).response_format.type }) | Should -Be 'json_schema', 'json_object', 'json_object'
    }

    It 'tells it in words with -SchemaMode Prompt' {
        Connect-TestSandbox @{ Response = "Sure:`n``````json`n{`"n`":7}`n``````" }

        ('x' | Invoke-ChatCompletion -OutputSchema 'n int' -System 'Be brief.' -SchemaMode Prompt).n | Should -Be 7

        Get-TestMember response_format | Should -Be ''
        (Get-TestBody).messages[0].content | Should -BeLike 'Be brief.*JSON Schema*"n"*'
    }
}

Describe 'an answer that does not fit' {
    It 'is an error with the input and what came' {
        Connect-TestSandbox @{ Response = '{"n":"seven"}' }

        $failure = Get-Failure { 'the input' | Invoke-ChatCompletion -OutputSchema 'n int' }

        $failure.FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
        $failure.TargetObject | Should -BeExactly 'the input'
        "$failure" | Should -BeLike '*/n*'
        $failure.Exception.PartialText | Should -BeExactly '{"n":"seven"}'
    }

    It 'is mended with -RepairAttempt, and the tokens of both answers count' {
        Connect-TestSandbox @{ Response = @{ '*does not fit*' = '{"n":7}' }, @{ '*' = '{"n":"seven"}' } }

        $result = 'x' | Invoke-ChatCompletion -OutputSchema 'n int' -RepairAttempt 1

        $result.n | Should -Be 7
        Get-TestRequest | Should -HaveCount 2
        $result.ChatPS.Completion.Messages | Should -HaveCount 2
        $result.ChatPS.Completion.Usage.TotalTokens | Should -BeGreaterThan 50
    }

    It 'is not kept in a checkpoint' {
        Connect-TestSandbox @{ Response = '{"n":"seven"}' }
        $path = Join-Path $TestDrive 'run.jsonl'
        $null = Get-Failure { 'x' | Invoke-ChatCompletion -OutputSchema 'n int' -CheckpointPath $path }
        Connect-TestSandbox @{ Response = '{"n":7}' }

        ('x' | Invoke-ChatCompletion -OutputSchema 'n int' -CheckpointPath $path).n | Should -Be 7
        ('x' | Invoke-ChatCompletion -OutputSchema 'n int' -CheckpointPath $path).n | Should -Be 7

        Get-TestRequest | Should -HaveCount 1
    }

    It 'is an error where it was cut' {
        Connect-TestSandbox @{ Response = $answer }

        $failure = Get-Failure { 'x' | Invoke-ChatCompletion -OutputType ([Triage]) -MaxTokens 2 }

        "$failure" | Should -BeLike '*cut off*'
    }
}

Describe '-Merge and -KeepCompletion' {
    It 'adds the properties to a copy of each row' {
        Connect-TestSandbox @{ Response = '{"team":"Net","id":9}' }
        $rows = "id,text`n1,a`n2,b" | ConvertFrom-Csv

        $merged = $rows | Invoke-ChatCompletion 'Classify' -OutputSchema 'team, id int' -Merge

        ($merged | ConvertTo-Csv) | Should -Be '"id","text","team"', '"9","a","Net"', '"9","b","Net"'
        $rows[0].psobject.Properties.Name | Should -Be 'id', 'text'
        $merged[1].ChatPS.Completion.Index | Should -Be 1
    }

    It 'puts a text beside its answer' {
        Connect-TestSandbox @{ Response = '{"team":"Net"}' }

        $merged = 'the text' | Invoke-ChatCompletion 'Classify' -OutputSchema 'team' -Merge

        $merged.psobject.Properties.Name | Should -Be 'Input', 'team'
        $merged.Input | Should -BeExactly 'the text'
    }

    It 'keeps the completion with its value' {
        Connect-TestSandbox @{ Response = '{"team":"Net"}' }

        $completion = 'x' | Invoke-ChatCompletion -OutputSchema 'team' -KeepCompletion

        $completion | Should -BeOfType ChatPS.ChatCompletion
        $completion.Value.team | Should -BeExactly 'Net'
    }
}

Describe 'what does not go together' {
    It '<Name>' -ForEach @(
        @{ Name = '-OutputType and -OutputSchema'; Parameters = @{ OutputType = [int]; OutputSchema = 'n' } }
        @{ Name = '-Stream'; Parameters = @{ OutputSchema = 'n'; Stream = $true } }
        @{ Name = '-Show'; Parameters = @{ OutputSchema = 'n'; Show = $true } }
        @{ Name = '-N'; Parameters = @{ OutputSchema = 'n'; N = 2 } }
        @{ Name = '-ResponseFormat'; Parameters = @{ OutputSchema = 'n'; ResponseFormat = 'json_object' } }
        @{ Name = '-Merge and -KeepCompletion'; Parameters = @{ OutputSchema = 'n'; Merge = $true; KeepCompletion = $true } }
        @{ Name = '-Merge and -Aggregate'; Parameters = @{ Prompt = 'p'; OutputSchema = 'n'; Merge = $true; Aggregate = $true } }
        @{ Name = '-RepairAttempt'; Parameters = @{ OutputSchema = 'n'; RepairAttempt = 11 } }
        @{ Name = '-Merge'; Parameters = @{ Merge = $true } }
        @{ Name = '-SchemaMode'; Parameters = @{ SchemaMode = 'Prompt' } }
    ) {
        Connect-TestSandbox

        $failure = Get-Failure { 'x' | Invoke-ChatCompletion @Parameters }

        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$failure" | Should -BeLike "*$(($Name -split ' ')[0])*"
        Get-TestRequest | Should -BeNullOrEmpty
    }
}
