package dev.postroom.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import dev.postroom.testing.PostroomTest;
import org.junit.jupiter.api.Test;

@PostroomTest
class SignInTest {
  @Test
  void aPageAskedForWithoutASessionLeadsToTheLoginAndBack() {
    given()
        .redirects()
        .follow(false)
        .when()
        .get("/domains?page=2")
        .then()
        .statusCode(303)
        .header("Location", endsWith("/login?next=%2Fdomains%3Fpage%3D2"));
  }

  @Test
  void theLoginPageCarriesAFormToken() {
    given().when().get("/login").then().statusCode(200).body(containsString("name=\"form-token\""));
  }

  @Test
  void aPathThatDoesNotExistGetsAPageOfItsOwn() {
    given()
        .when()
        .get("/nothing/here")
        .then()
        .statusCode(404)
        .body(containsString("There is no such page"));
  }
}
