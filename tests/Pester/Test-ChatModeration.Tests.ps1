BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Test-ChatModeration' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'tells what is harmful, and why' {
        $result = Test-ChatModeration 'I will kill you'
        $result | Should -BeOfType ChatPS.ChatModeration
        $result.Flagged | Should -BeTrue
        $result.Categories | Should -Be 'violence'
        $result.Scores['violence'] | Should -BeGreaterThan 0.8
        $result.Scores['hate'] | Should -BeLessThan 0.1
        $result.AppliedInputTypes['violence'] | Should -Be 'text'
        $result.Input | Should -BeExactly 'I will kill you'
        $result.Model | Should -Be 'omni-moderation-latest'
        "$result" | Should -BeExactly 'violence'
        ($result.Raw | ConvertFrom-Json).flagged | Should -BeTrue
    }

    It 'sends no model unless one is named' {
        $null = Test-ChatModeration 'hi'
        (Get-TestBody).psobject.Properties.Name | Should -Be 'input'
        (Test-ChatModeration 'hi' -Model text-moderation-stable).Model | Should -Be 'text-moderation-stable'
        Get-TestMember model | Should -Be '"text-moderation-stable"'
    }

    It 'sends many items in few requests, and answers in their order' {
        $texts = 1..70 | ForEach-Object { if ($_ % 10) { "text $_" } else { "kill $_" } }
        $results = $texts | Test-ChatModeration
        $results.Input | Should -BeExactly $texts
        ($results | Where-Object Flagged).Input | Should -BeExactly ($texts -like 'kill*')
        @(Get-TestRequest).Count | Should -Be 3 -Because '32 texts go in one request'
        @($results.Id | Select-Object -Unique).Count | Should -Be 3
    }

    It 'takes an array as an argument' {
        (Test-ChatModeration 'fine', 'murder').Flagged | Should -Be $false, $true
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'filters a pipeline with -Quiet' {
        $kept = 'hello', 'I will kill you', 'bye' | Where-Object { -not ($_ | Test-ChatModeration -Quiet) }
        $kept | Should -BeExactly 'hello', 'bye'
        Test-ChatModeration 'hello' -Quiet | Should -BeOfType bool
    }

    It 'judges an image by path, address or file' {
        $file = New-TestFile (Join-Path $TestDrive 'picture.dat') png
        (Test-ChatModeration -Image $file.FullName).Flagged | Should -BeFalse
        (Get-TestBody).input[0].image_url.url | Should -BeLike 'data:image/png;base64,*'

        (Test-ChatModeration -Image 'https://example.com/gore.png').Categories | Should -Contain 'violence/graphic'
        Get-TestMember input | Should -BeExactly '[{"type":"image_url","image_url":{"url":"https://example.com/gore.png"}}]'

        ($file | Test-ChatModeration).Input.Name | Should -Be 'picture.dat'
        Get-TestMember input | Should -BeLike '`[{"type":"image_url","image_url":{"url":"data:image/png*'
    }

    It 'judges several images one by one' {
        $results = Test-ChatModeration -Image 'https://example.com/a.png', 'https://example.com/gore.png'
        $results.Flagged | Should -Be $false, $true
        $results.Input | Should -Be 'https://example.com/a.png', 'https://example.com/gore.png'
    }

    It 'judges text and image together' {
        $result = Test-ChatModeration 'Look' -Image 'https://example.com/gore.png'
        @($result).Count | Should -Be 1
        $result.Flagged | Should -BeTrue
        (Get-TestBody).input.type | Should -Be 'text', 'image_url'
    }

    It 'keeps the order where texts, files and images mix' {
        $text = Join-Path $TestDrive 'text.txt'
        Set-Content $text 'a murder' -NoNewline
        $image = New-TestFile (Join-Path $TestDrive 'image.png') png
        $results = 'one', (Get-Item $text), $image, 'two' | Test-ChatModeration
        $results.Flagged | Should -Be $false, $true, $false, $false
        $results[0].Input, $results[3].Input | Should -Be 'one', 'two'
    }

    It 'reports an item that is <What>, and judges the others' -ForEach @(
        @{ What = 'empty'; Item = '' }
        @{ What = 'null'; Item = $null }
    ) {
        $results = 'one', $Item, 'two' | Test-ChatModeration -ErrorAction SilentlyContinue -ErrorVariable failure
        $results.Input | Should -Be 'one', 'two'
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'says that an object is no text' {
        $failure = @(Get-Failure { [pscustomobject]@{ A = 1 } | Test-ChatModeration })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -Not -BeLike '*empty*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'refuses a text file that is given as an image' {
        $file = Join-Path $TestDrive 'fake.png'
        Set-Content $file 'not a picture'
        $failure = @(Get-Failure { Test-ChatModeration -Image $file })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].Exception.Message | Should -BeLike '*fake.png*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'reports a failed request once for each of its items' {
        Connect-TestSandbox @{ Fault = 500 }
        $failure = @(Get-Failure { 'one', 'two' | Test-ChatModeration })
        $failure.FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
        $failure.TargetObject | Should -Be 'one', 'two'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'reads the answer of the ChatGPT web form' {
        Connect-TestSandbox @{ Response = @{ Path = '*/moderations'; Response = @{ flagged = $true; blocked = $false; moderation_id = 'modr-1' } } }
        $result = Test-ChatModeration 'hi'
        $result.Flagged | Should -BeTrue
        $result.Blocked | Should -BeFalse
        $result.ModerationId | Should -Be 'modr-1'
        $result.Input | Should -Be 'hi'
    }

    It 'refuses an answer that does not fit the items' {
        Connect-TestSandbox @{ Response = @{ Path = '*/moderations'; Response = @{ id = 'm'; results = @(@{ flagged = $false }) } } }
        @(Get-Failure { 'one', 'two' | Test-ChatModeration }).FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
    }

    It 'keeps to a number of tokens by estimate, and wants to know the model whose price counts' {
        $given = [Collections.Generic.List[object]]::new()
        { 1..96 | ForEach-Object { "text $_" } | Test-ChatModeration -ThrottleLimit 1 -MaxTotalToken 700 | ForEach-Object { $given.Add($_) } } | Should -Throw -ErrorId 'BudgetExceeded*'
        $given.Count | Should -BeIn 32, 64
        { 'a' | Test-ChatModeration -MaxCost 1 -PriceTable @{ m = 1, 0 } } | Should -Throw -ErrorId 'InvalidRequest*' -ExpectedMessage '*-Model*'
        ('a' | Test-ChatModeration -Model m -MaxCost 1 -PriceTable @{ m = 1, 0 }).Flagged | Should -BeFalse
    }
}
